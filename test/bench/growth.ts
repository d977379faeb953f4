/**
 * `npm run bench:growth`: how calls a second, p99 and memory change with the number of records, worlds, connections and kept
 * entries, as a plot (`growth.svg`). A point is a server of its own under one load.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadRequest, load, residentMemory, start, stop } from './servers.ts';

interface Point {
  readonly x: number;
  readonly perSecond: number;
  readonly p99: number;
  readonly memory: number;
}
interface Growth {
  readonly title: string;
  readonly values: readonly number[];
  readonly args?: (x: number) => readonly string[];
  readonly connections?: (x: number) => number;
  readonly requests?: (x: number) => readonly LoadRequest[];
  /** Seconds of load: enough to fill what is measured. */
  readonly seconds?: number;
}

const reads = (count: number): LoadRequest[] =>
  Array.from({ length: Math.min(count, 1000) }, (_, i) => ({ path: `/Contact/${1 + i * Math.ceil(count / 1000)}` }));

const GROWTHS: readonly Growth[] = [
  { title: 'records', values: [10, 1e3, 1e5, 1e7], args: (x) => ['--scale', `logisense.contacts=${x}`], requests: (x) => reads(x) },
  {
    title: 'worlds',
    values: [1, 1e2, 1e4],
    args: () => ['--max-worlds', '20000'],
    requests: (x) => Array.from({ length: x }, (_, i) => ({ path: '/Contact/1', headers: { 'X-Mock-World': `w${i}` } })),
  },
  { title: 'connections', values: [1, 32, 256], connections: (x) => x },
  { title: 'journal entries', values: [0, 1e3, 1e5], args: (x) => ['--journal', String(x)], seconds: 12 },
];

async function measure({ args, connections, requests, seconds = 3 }: Growth, x: number): Promise<Point> {
  const more = args?.(x) ?? [];
  const server = await start(
    (port) => [process.execPath, 'dist/cli/main.js', 'serve', '--port', String(port), '--log', 'off', ...more],
    '/Contact/1',
  );
  const asked = requests?.(x) ?? reads(20);
  const many = connections?.(x) ?? 32;
  load(server.url, asked, 1, many);
  const { rps, p99 } = load(server.url, asked, seconds, many);
  const memory = residentMemory(server.child.pid as number);
  await stop(server);
  return { x, perSecond: rps, p99, memory };
}

const WIDTH = 210;
const HEIGHT = 120;
const MARGIN = 46;
const FIGURES = [
  { of: ({ perSecond }: Point) => perSecond, unit: 'calls a second' },
  { of: ({ p99 }: Point) => p99, unit: 'p99, ms' },
  { of: ({ memory }: Point) => memory, unit: 'memory, MB' },
];
const short = (x: number): string => (x < 1000 ? String(Math.round(x)) : x < 1e6 ? `${Math.round(x / 1e3)}k` : `${x / 1e6}M`);

/** One panel: a line from the first value to the last, the axis begins at zero. */
function panel(points: readonly Point[], { of, unit }: (typeof FIGURES)[number], title: string, left: number, top: number): string {
  const most = Math.max(...points.map(of)) * 1.15 || 1;
  const x = (i: number): number => left + (i * WIDTH) / (points.length - 1);
  const y = (value: number): number => top + HEIGHT - (value / most) * HEIGHT;
  const line = points.map((point, i) => `${x(i).toFixed(1)},${y(of(point)).toFixed(1)}`).join(' ');
  const marks = points.map((point, i) => {
    const value = of(point);
    const label = value < 100 ? value.toFixed(value < 10 ? 1 : 0) : short(value);
    return (
      `<circle cx="${x(i).toFixed(1)}" cy="${y(value).toFixed(1)}" r="3"/>` +
      `<text x="${x(i).toFixed(1)}" y="${(y(value) - 8).toFixed(1)}" class="value">${label}</text>` +
      `<text x="${x(i).toFixed(1)}" y="${top + HEIGHT + 16}">${short(point.x)}</text>`
    );
  });
  return (
    `<text x="${left}" y="${top - 14}" class="title">${unit}, by ${title}</text>` +
    `<line x1="${left}" x2="${left + WIDTH}" y1="${top + HEIGHT}" y2="${top + HEIGHT}"/><polyline points="${line}"/>${marks.join('')}`
  );
}

const rows: string[] = [];
for (const [row, growth] of GROWTHS.entries()) {
  const points: Point[] = [];
  for (const x of growth.values) points.push(await measure(growth, x));
  process.stdout.write(
    `${growth.title}: ${points.map(({ x, perSecond, p99, memory }) => `${short(x)} ${perSecond.toFixed(0)}/s p99 ${p99.toFixed(2)} ms ${memory.toFixed(0)} MB`).join('; ')}\n`,
  );
  FIGURES.forEach((figure, column) => {
    rows.push(panel(points, figure, growth.title, MARGIN + column * (WIDTH + 2 * MARGIN), 50 + row * (HEIGHT + 80)));
  });
}
const width = FIGURES.length * (WIDTH + 2 * MARGIN);
const height = GROWTHS.length * (HEIGHT + 80) + 10;
writeFileSync(
  join(import.meta.dirname, 'growth.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="11">
<title>Calls a second, p99 and memory by records, worlds, connections and journal entries</title>
<style>
svg { background: #fff } text { fill: #555; text-anchor: middle } .title { fill: #111; text-anchor: start; font-weight: 600 }
.value { fill: #111 } line { stroke: #bbb } polyline { fill: none; stroke: #2563eb; stroke-width: 2 } circle { fill: #2563eb }
</style>
${rows.join('\n')}
</svg>
`,
);
