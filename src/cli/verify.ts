/** `contacts-mock verify URL`: is a server true to the contract? Exit 0 true, 1 differs, 2 an operation could not be asked. */
import { open, writeFile } from 'node:fs/promises';
import { MockError } from '../mock-error.ts';
import type { Report } from '../verify/report/report.ts';
import { type Command, help, type Io, type Parsed, parse, usageError } from './args.ts';
import { durationOf } from './mock-options.ts';

export const command: Command = {
  name: 'verify',
  summary: 'Drives every documented operation of a server and compares the answers with the contract, member by member.',
  operands: 'URL',
  options: {
    api: { value: 'NAME', isRepeatable: true, default: 'all three', meaning: 'only this API: trendsic, canvara, logisense' },
    bearer: { value: 'TOKEN', meaning: 'sent as Authorization: Bearer TOKEN' },
    id: { value: 'NAME=VALUE', isRepeatable: true, meaning: 'a value that no list names: canvara.ContactId=GUID' },
    nulls: {
      value: 'placeholder|wire',
      default: 'placeholder',
      meaning: 'wire: a nullable member that is absent or null is no difference',
    },
    write: { meaning: 'ask the writing operations too, and clean up after' },
    timeout: { value: 'DURATION', default: '10s', meaning: 'how long a call waits for its answer; after three in vain it stops' },
    insecure: { meaning: 'accept any certificate' },
    report: { value: 'FILE', meaning: 'also write the result to FILE: .xml (JUnit) or .json' },
  },
  example: 'contacts-mock verify http://127.0.0.1:4010 --api logisense --report verify.xml',
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(command, args);
  if (parsed.wantsHelp) {
    io.stdout(help(command));
    return 0;
  }
  const url = urlOf(parsed.operands);
  const ids = idsOf(parsed.all('id'));
  const file = parsed.text('report');
  if (file !== undefined) await checkReportFile(file);
  const bearer = parsed.text('bearer');
  if (bearer !== undefined && !/^[\x21-\x7e]+$/.test(bearer))
    throw usageError('--bearer takes a token without blanks.', 'Write --bearer worker.');
  const timeout = timeoutOf(parsed);
  const isTerminal = io.isTerminal === true;
  const { verify } = await import('../verify/verify.ts');
  const { couldNotAsk, overallResult } = await import('../verify/report/report.ts');
  const write = file === undefined ? undefined : await reportWriter(file);
  try {
    const report = await verify({
      url,
      apis: parsed.all('api'),
      ids,
      nulls: parsed.text('nulls') === 'wire' ? 'wire' : 'placeholder',
      write: parsed.has('write'),
      ...(timeout === undefined ? {} : { timeout }),
      ...(bearer === undefined ? {} : { bearer }),
      ...(await fetchOf(io, parsed)),
      ...(isTerminal ? { onCall: (operation: string, call: string) => void io.stderr(`\r${CLEAR_LINE}${operation}: ${call}`) } : {}),
    }).finally(() => isTerminal && io.stderr(`\r${CLEAR_LINE}`));
    const { text } = await import('../verify/report/text.ts');
    io.stdout(text(report, isTerminal && io.env?.['NO_COLOR'] === undefined));
    await write?.(report);
    if (couldNotAsk(report)) return 2;
    return overallResult(report) === 'differs' ? 1 : 0;
  } catch (error) {
    if (error instanceof MockError) await write?.({ url, error: error.message });
    throw error;
  }
}

const CLEAR_LINE = '\u001b[K';

type Failed = { readonly url: string; readonly error: string };

async function reportWriter(file: string): Promise<(report: Report | Failed) => Promise<void>> {
  const { json, jsonFailure } = await import('../verify/report/json.ts');
  const { junit, junitFailure } = await import('../verify/report/junit.ts');
  const [whole, failure] = file.toLowerCase().endsWith('.xml') ? ([junit, junitFailure] as const) : ([json, jsonFailure] as const);
  return (report) => writeFile(file, 'error' in report ? failure(report.url, report.error) : whole(report));
}

async function fetchOf(io: Io, parsed: Parsed): Promise<{ fetch?: typeof fetch }> {
  if (io.fetch !== undefined) return { fetch: io.fetch };
  return parsed.has('insecure') ? { fetch: (await import('../verify/run/insecure-fetch.ts')).insecureFetch } : {};
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

function timeoutOf(parsed: Parsed): number | undefined {
  const text = parsed.text('timeout');
  const timeout = text === undefined ? undefined : durationOf(text);
  if (timeout !== undefined && !(timeout >= 1 && timeout <= MAX_TIMEOUT_MS))
    throw usageError(`--timeout ${text} is not a time to wait.`, 'Write 10s or 2m.');
  return timeout;
}

function urlOf(operands: readonly string[]): string {
  const [url, ...others] = operands;
  if (url === undefined) throw usageError('verify needs the base URL of a server.', 'Write contacts-mock verify http://127.0.0.1:4010.');
  if (others.length > 0) throw usageError(`"${others[0]}" was not expected after ${url}.`, 'verify takes one URL.');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.search !== '' || parsed.hash !== '') {
    throw usageError(`"${url}" is no base URL.`, 'Write it as in http://127.0.0.1:4010.');
  }
  return url;
}

function idsOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const [, name, value] = /^([\w.]+\.\w+)=(.+)$/.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw usageError(`--id ${pair} is not NAME=VALUE.`, 'Write it as in --id canvara.ContactId=GUID.');
      return [name, value];
    }),
  );
}

/** Said before anything is asked: a run of minutes must not end in a typing error. */
async function checkReportFile(file: string): Promise<void> {
  if (!/\.(xml|json)$/i.test(file))
    throw usageError(`--report ${file} ends neither in .xml nor in .json.`, 'Write verify.xml for JUnit, verify.json for JSON.');
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    throw usageError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`, 'Choose a file in a folder that exists.');
  }
}
