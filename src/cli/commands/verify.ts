/** `contacts-mock verify URL`: is a server true to the contract? Exit 0 true, 1 differs, 2 an operation could not be asked. */
import { MockError } from '../../mock-error.ts';
import type { Report } from '../../verify/report/report.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { durationOf } from '../../option-type.ts';
import { print, reportWriter } from '../report-file.ts';

export const command: Command = {
  name: 'verify',
  summary:
    'Drives every documented operation of a server and compares the answers with the contract, member by member.\n' +
    'Exit 0: as documented. 1: something differs. 2: an operation could not be asked, whatever the others say.',
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
    har: { value: 'FILE', meaning: 'compare recorded traffic (HAR) and ask nothing; URL narrows it to that address, or is left out' },
    report: { value: 'FILE', meaning: 'also write the result to FILE: .xml (JUnit) or .json' },
  },
  example: 'contacts-mock verify http://127.0.0.1:4010 --api logisense --report verify.xml',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const url = urlOf(parsed);
  const har = parsed.text('har');
  const examine = har === undefined ? await asking(parsed, io) : await reading(parsed, har);
  const file = parsed.text('report');
  const write = file === undefined ? undefined : await reportWriter(file);
  const { couldNotAsk, overallResult } = await import('../../verify/report/report.ts');
  try {
    const report = await examine(url);
    await print(report, io);
    await write?.(report);
    if (couldNotAsk(report)) return 2;
    return overallResult(report) === 'differs' ? 1 : 0;
  } catch (error) {
    if (error instanceof MockError) await write?.({ url: har ?? url ?? '', error: error.message });
    throw error;
  }
}

type Examine = (url: string | undefined) => Promise<Report>;

const CLEAR_LINE = '\r\u001b[K';

/** Asks the server. */
async function asking(parsed: Parsed, io: Io): Promise<Examine> {
  const ids = idsOf(parsed.all('id'));
  const bearer = parsed.text('bearer');
  if (bearer !== undefined && !/^[\x21-\x7e]+$/.test(bearer))
    throw usageError('--bearer takes a token without blanks.', 'Write --bearer worker.');
  const options = {
    apis: parsed.all('api'),
    ids,
    nulls: nullsOf(parsed),
    write: parsed.has('write'),
    ...timeoutOf(parsed),
    ...(bearer === undefined ? {} : { bearer }),
    ...(await fetchOf(io, parsed)),
  };
  const { verify } = await import('../../verify/verify.ts');
  if (io.isTerminal !== true) return (url = '') => verify({ url, ...options });
  const onCall = (operation: string, call: string): void => void io.stderr(`${CLEAR_LINE}${operation}: ${call}`);
  return (url = '') => verify({ url, ...options, onCall }).finally(() => io.stderr(CLEAR_LINE));
}

/** Options that only make sense where something is asked. */
const OF_ASKING = ['bearer', 'id', 'write', 'timeout', 'insecure'];

/** Reads the file. */
async function reading(parsed: Parsed, file: string): Promise<Examine> {
  const idle = OF_ASKING.find((name) => parsed.has(name));
  if (idle !== undefined) throw usageError(`--${idle} is for asking, and --har asks nothing.`, 'Leave one of them out.');
  const { compareHar } = await import('../../verify/har/compare-har.ts');
  return (url) => compareHar({ file, url, apis: parsed.all('api'), nulls: nullsOf(parsed) });
}

const nullsOf = (parsed: Parsed): 'wire' | 'placeholder' => (parsed.text('nulls') === 'wire' ? 'wire' : 'placeholder');

async function fetchOf(io: Io, parsed: Parsed): Promise<{ fetch?: typeof fetch }> {
  if (io.fetch !== undefined) return { fetch: io.fetch };
  return parsed.has('insecure') ? { fetch: (await import('../../verify/run/insecure-fetch.ts')).insecureFetch } : {};
}

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

function timeoutOf(parsed: Parsed): { timeout?: number } {
  const text = parsed.text('timeout');
  if (text === undefined) return {};
  const timeout = durationOf(text);
  if (timeout !== undefined && timeout >= 1 && timeout <= MAX_TIMEOUT_MS) return { timeout };
  throw usageError(`--timeout ${text} is not a time to wait.`, 'Write 10s or 2m.');
}

function urlOf(parsed: Parsed): string | undefined {
  const [url, ...others] = parsed.operands;
  if (url === undefined) {
    if (parsed.has('har')) return undefined;
    throw usageError('verify needs the base URL of a server.', 'Write contacts-mock verify http://127.0.0.1:4010.');
  }
  if (others.length > 0) throw usageError(`"${others[0]}" was not expected after ${url}.`, 'verify takes one URL.');
  const { protocol, search, hash } = URL.canParse(url) ? new URL(url) : { protocol: '', search: '', hash: '' };
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '')
    throw usageError(`"${url}" is not a valid base URL.`, 'Write it as in http://127.0.0.1:4010.');
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
