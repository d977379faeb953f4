/** `contacts-mock proxy URL`: existing tests against a real service become a contract test. Exit 0 true, 1 differs. */
import type { JournalEntry } from '../../journal/entry.ts';
import type { Finding } from '../../verify/compare/finding.ts';
import type { Api } from '../../protocols/protocol.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { printable } from '../log.ts';
import { portOf } from '../port.ts';
import { mustBeWritable, opened } from '../output-file.ts';
import { print, reportWriter } from '../report-file.ts';

const DEFAULT_PORT = 4011;

export const command: Command = {
  name: 'proxy',
  summary:
    'Passes every call on to a real service, untouched, and compares each answer to a documented operation with the contract.\n' +
    'What differs is printed as it comes, once. Exit 0: nothing differed. 1: something did.',
  operands: 'URL',
  options: {
    port: { value: 'N', default: String(DEFAULT_PORT), meaning: 'where to listen; 0 takes any free port' },
    host: { value: 'H', default: '127.0.0.1', meaning: 'the address to listen on' },
    api: { value: 'NAME', isRepeatable: true, default: 'all three', meaning: 'compare only this API: trendsic, canvara, logisense' },
    nulls: { value: 'placeholder|wire', default: 'wire', meaning: 'placeholder: a nullable member that is absent or null differs' },
    report: { value: 'FILE', meaning: 'at the end also write the result to FILE: .xml (JUnit) or .json' },
    har: { value: 'FILE', meaning: 'write the traffic to FILE as HAR 1.2, secrets masked' },
    record: {
      value: 'FILE',
      meaning: 'at the end write the records that answers showed to FILE, for serve --data; nothing personal in it',
    },
    raw: { meaning: 'with --record: personal values as they were' },
  },
  example: 'contacts-mock proxy https://staging.example.com --api logisense --report contract.xml',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const url = urlOf(parsed);
  const port = portOf(parsed, io, DEFAULT_PORT);
  const [reportFile, harFile] = [parsed.text('report'), parsed.text('har')];
  const write = reportFile === undefined ? undefined : await reportWriter(reportFile);
  const har = harFile === undefined ? undefined : await harWriter(harFile, url);
  // Stands before the first line is printed, so that whoever reads it may stop the proxy.
  const stopped = io.stopped ?? never;
  const { createProxy } = await import('../../proxy.ts');
  const { chosen } = await import('../../apis/chosen.ts');
  const apis = chosen(parsed.has('api') ? parsed.all('api') : undefined);
  const record = await recordWriter(parsed, apis);
  const proxy = createProxy({
    url,
    apis,
    nulls: parsed.text('nulls') === 'placeholder' ? 'placeholder' : 'wire',
    onFindings: (entry, findings) => io.stdout(told(entry, findings)),
    ...((har ?? record) && {
      onCall(entry, bodies, exchange) {
        har?.add(entry, bodies);
        record?.recorder.add(exchange);
      },
    }),
  });
  try {
    const server = await proxy.listen({ port, host: parsed.text('host') ?? '127.0.0.1' });
    io.stdout(`contacts-mock listening on ${server.url}\n`);
    io.stdout(`  passes on to ${url}; the calls: ${server.url}/__admin\n\n`);
    await Promise.race([stopped, proxy.stopped]);
  } finally {
    await proxy.close();
    await har?.end();
    const recorded = await record?.end();
    if (recorded !== undefined) io.stdout(recorded);
  }
  const report = proxy.report();
  const { overallResult } = await import('../../verify/report/report.ts');
  await write?.(report);
  await print(report, io);
  return overallResult(report) === 'differs' ? 1 : 0;
}

const never = new Promise<void>(() => undefined);

const told = ({ method, request, operation, response }: JournalEntry, findings: readonly Finding[]): string =>
  [
    `${method} ${request.url} → ${'status' in response ? response.status : response.fault}${operation === null ? '' : ` ${operation}`}`,
    ...findings.map(({ path, rule, wanted, seen }) => `  ${rule}${path === rule ? '' : ` ${path}`}: wanted ${wanted}, seen ${seen}`),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');

function urlOf(parsed: Parsed): string {
  const [url, ...others] = parsed.operands;
  if (url === undefined)
    throw usageError('proxy needs the address of the real service.', 'Write contacts-mock proxy https://api.example.com.');
  if (others.length > 0) throw usageError(`"${others[0]}" was not expected after ${url}.`, 'proxy takes one URL.');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw usageError(`"${url}" is not a valid address.`, 'Write it whole, as in https://api.example.com.');
  return url;
}

/** Looks whether the file can be written, and writes it at the end. */
async function recordWriter(parsed: Parsed, apis: readonly Api[]) {
  const file = parsed.text('record');
  if (file === undefined) {
    if (parsed.has('raw')) throw usageError('--raw is about --record.', 'Add --record FILE.');
    return undefined;
  }
  const { writeFile } = await import('node:fs/promises');
  const { Recorder } = await import('../../record/recorder.ts');
  await mustBeWritable(file);
  const recorder = new Recorder(apis);
  return {
    recorder,
    async end(): Promise<string> {
      await writeFile(file, `${JSON.stringify(recorder.data(parsed.has('raw')), null, 2)}\n`);
      return `${recorder.size} records in ${file}: contacts-mock serve --data ${file}\n`;
    },
  };
}

/** Writes entries as they come, so that a long run needs no memory for them. */
async function harWriter(file: string, origin: string) {
  const { HAR_HEAD, HAR_TAIL, harEntry } = await import('../../journal/har.ts');
  const handle = await opened(file, 'w');
  let writing: Promise<unknown> = handle.write(HAR_HEAD);
  let separator = '';
  return {
    add(entry: JournalEntry, bodies: Parameters<typeof harEntry>[2]): void {
      const text = `${separator}\n${JSON.stringify(harEntry(entry, origin, bodies))}`;
      separator = ',';
      writing = writing.then(() => handle.write(text));
    },
    async end(): Promise<void> {
      await writing;
      await handle.write(`\n${HAR_TAIL}`);
      await handle.close();
    },
  };
}
