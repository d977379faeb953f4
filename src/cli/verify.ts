/** `contacts-mock verify URL`: is a server true to the contract? Exit 0 true, 1 differs, 2 could not ask. */
import { open, writeFile } from 'node:fs/promises';
import { MockError } from '../mock-error.ts';
import { type Command, help, type Io, parse, usageError } from './args.ts';

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
  const isTerminal = io.isTerminal === true;
  const { verify } = await import('../verify/verify.ts');
  const reports = await import('../verify/report.ts');
  const format = file?.toLowerCase().endsWith('.xml') ? 'junit' : 'json';
  try {
    const result = await verify({
      url,
      apis: parsed.all('api'),
      ids,
      nulls: parsed.text('nulls') === 'wire' ? 'wire' : 'placeholder',
      write: parsed.has('write'),
      ...(bearer === undefined ? {} : { bearer }),
      ...(io.fetch === undefined ? {} : { fetch: io.fetch }),
      ...(isTerminal ? { onCheck: (operation: string, call: string) => void io.stderr(`\r${CLEAR_LINE}${operation}: ${call}`) } : {}),
    }).finally(() => isTerminal && io.stderr(`\r${CLEAR_LINE}`));
    io.stdout(reports.text(result, isTerminal && io.env?.['NO_COLOR'] === undefined));
    if (file !== undefined) await writeFile(file, reports[format](result));
    return reports.differs(result) ? 1 : 0;
  } catch (error) {
    if (file !== undefined && error instanceof MockError) await writeFile(file, reports.failureReport[format](url, error.message));
    throw error;
  }
}

const CLEAR_LINE = '\u001b[K';

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
