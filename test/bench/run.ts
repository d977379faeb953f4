/**
 * `npm run bench [-- --check] [--rounds N] [--seconds N] [--write]`: the built mock against bare Hono in the same run.
 * All servers stand at once and each round loads them in turn, so that a change of the machine's speed meets all of them;
 * figures are medians of the rounds, ratios are taken round by round. `--check` fails when a budget is missed, `--write` puts
 * the rows that matter most into the README.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Figures, judge, table } from './budgets.ts';
import { README_ROWS, writeTable } from './readme.ts';
import { type Load, type LoadRequest, load, median, type Running, residentMemory, start, stop } from './servers.ts';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, write: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 7);
const seconds = Number(values.seconds ?? 3);

const SCALE = 1000;
/** Bytes of a whole list that are read. */
const STREAMED = 200_000_000;
const worker = { Authorization: 'Bearer worker' };
const contact = JSON.stringify({ contactTypeId: 1, title: 'Mr.', firstName: 'John', lastName: 'Doe', isUsedForTax: true });
const loads: Readonly<Record<string, readonly LoadRequest[]>> = {
  one: Array.from({ length: SCALE }, (_, i) => ({ path: `/Contact/${i + 1}` })),
  page: [{ path: '/Contact/Paged' }],
  create: [{ method: 'POST', path: '/Contact/', body: contact, headers: { 'Content-Type': 'application/json' } }],
  listJson: [{ path: '/v1/ContactConnections/1', headers: { ...worker, Accept: 'application/json' } }],
};
const listXml: readonly LoadRequest[] = [{ path: '/v1/ContactConnections/1', headers: { ...worker, Accept: 'application/xml' } }];

const mockOn = (scale: number) => (port: number) =>
  [
    process.execPath,
    'dist/cli/main.js',
    'serve',
    '--port',
    String(port),
    '--log',
    'off',
    '--scale',
    `logisense.contacts=${scale}`,
  ] as const;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function json(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  return (await fetch(url, { headers })).json();
}

/** The last page, from one on, that is ASCII: longer characters take longer to encode, wherever they stand. */
async function asciiPage(url: string, from: number): Promise<number> {
  for (let pageNumber = from; ; pageNumber--) {
    const answer = await fetch(`${url}/Contact/Paged`, { headers: { Pagination: JSON.stringify({ pageNumber, pageSize: 20 }) } });
    const text = await answer.text();
    if (Buffer.byteLength(text) === text.length) return pageNumber;
  }
}

/** The bodies that bare Hono is to answer with: the mock's own. */
async function bodiesOf(mock: Running): Promise<string> {
  const list = (await json(`${mock.url}/Contact/`)) as { trackingId: string; totalCount: number; items: object[] };
  const connections = await json(`${mock.url}/v1/ContactConnections/1`, worker);
  const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'bodies.json');
  writeFileSync(file, JSON.stringify({ trackingId: list.trackingId, total: list.totalCount, contacts: list.items, connections }));
  return file;
}

type LoadOn = readonly [url: string, requests: readonly LoadRequest[]];
/** Two loads to be compared, each in two halves around or within the other's: the machine grows faster or slower for both. */
function pair(ours: LoadOn, theirs: LoadOn): { ours: Load; theirs: Load } {
  const half = ([url, requests]: LoadOn): Load => load(url, requests, seconds / 2);
  const [first, second, third, fourth] = [half(ours), half(theirs), half(theirs), half(ours)];
  return { ours: mean(first, fourth), theirs: mean(second, third) };
}
const mean = (one: Load, other: Load): Load => ({
  rps: (one.rps + other.rps) / 2,
  p99: (one.p99 + other.p99) / 2,
  errors: one.errors + other.errors,
});

async function measure(): Promise<Figures> {
  const mock = await start(mockOn(SCALE), '/Contact/1');
  const atRest = residentMemory(mock.child.pid as number);
  const file = await bodiesOf(mock);
  const bareCommand = (port: number): string[] => [process.execPath, 'test/bench/bare-server.mjs', String(port), file];
  const bare = await start(bareCommand, '/Contact/1');
  const huge = await start(mockOn(10_000_000), '/Contact/1');
  const lastPage = await asciiPage(huge.url, 500_000);
  const rest = {
    ours: atRest,
    theirs: residentMemory(bare.child.pid as number),
    huge: residentMemory(huge.child.pid as number),
  };

  const starts: { ours: number; theirs: number; huge: number }[] = [];
  for (let round = 0; round < Math.max(rounds, 7); round++) {
    const once = async (command: (port: number) => readonly string[]): Promise<number> => {
      const server = await start(command, '/Contact/1');
      await stop(server);
      return server.started;
    };
    starts.push({ ours: await once(mockOn(SCALE)), theirs: await once(bareCommand), huge: await once(mockOn(10_000_000)) });
  }
  say('starts measured');

  const runs: Record<string, { ours: Load; theirs: Load }[]> = {};
  const loaded: { ours: number; theirs: number }[] = [];
  for (const server of [mock, bare]) for (const requests of Object.values(loads)) load(server.url, requests, 1);
  for (let round = 0; round < rounds; round++) {
    for (const [kind, requests] of Object.entries(loads)) (runs[kind] ??= []).push(pair([mock.url, requests], [bare.url, requests]));
    (runs['listXml'] ??= []).push(pair([mock.url, listXml], [mock.url, loads['listJson'] ?? []]));
    const page = (pageNumber: number): LoadRequest[] => [
      { path: '/Contact/Paged', headers: { Pagination: JSON.stringify({ pageNumber, pageSize: 20 }) } },
    ];
    // This server has stood idle meanwhile: woken first, so that the order of the two decides nothing.
    load(huge.url, page(2), 1);
    (runs['lastPage'] ??= []).push(pair([huge.url, page(lastPage)], [huge.url, page(1)]));
    loaded.push({ ours: residentMemory(mock.child.pid as number), theirs: residentMemory(bare.child.pid as number) });
    say(`round ${round + 1} of ${rounds} measured`);
  }

  // Flat: the second half of a long list needs no more than the first.
  const streamed = { firstHalf: 0, secondHalf: 0 };
  // Connections that stood idle were closed meanwhile: fetch sees it in the next turn.
  await pause(10);
  const answer = await fetch(`${huge.url}/Contact/`);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  for (let bytes = 0; bytes < STREAMED; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    const half = bytes < STREAMED / 2 ? 'firstHalf' : 'secondHalf';
    streamed[half] = Math.max(streamed[half], residentMemory(huge.child.pid as number));
  }
  await reader.cancel();
  await Promise.all([mock, bare, huge].map(stop));

  const inProcess = JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', 'test/bench/in-process.mjs'], { encoding: 'utf8' }),
  ) as Figures['inProcess'];
  return { starts, runs, rest, loaded, streamed, inProcess };
}

const figures = await measure();
const verdicts = judge(figures, median);
const report = table(verdicts, { rounds, seconds });
process.stdout.write(`${report}\n`);
if (values.write)
  writeTable(
    table(
      verdicts.filter(({ what }) => README_ROWS.includes(what)),
      { rounds, seconds },
    ),
  );
const missed = verdicts.filter(({ isKept }) => !isKept);
if (missed.length > 0) say(`\nmissed: ${missed.map(({ what }) => what).join('; ')}`);
if (values.check && missed.length > 0) process.exitCode = 1;
