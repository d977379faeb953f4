/** The budgets, and what the figures of a run say about each. */
import { cpus } from 'node:os';
import type { Load } from './servers.ts';

export interface Figures {
  readonly starts: readonly { ours: number; theirs: number; huge: number }[];
  readonly runs: Readonly<Record<string, readonly { ours: Load; theirs: Load }[]>>;
  /** Resident MB after the first answer. */
  readonly rest: { ours: number; theirs: number; huge: number };
  /** Resident MB after each round: what was created stays. */
  readonly loaded: readonly { ours: number; theirs: number }[];
  /** Highest resident MB. */
  readonly streamed: { firstHalf: number; secondHalf: number };
  readonly inProcess: {
    readonly small: Readonly<Record<string, number>>;
    readonly large: Readonly<Record<string, number>>;
    readonly readsGrowth: number;
    readonly reads: number;
    readonly bytesPerCreated: number;
  };
}

export interface Verdict {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly budget: string;
  readonly isKept: boolean;
}

type Median = (values: readonly number[]) => number;

export function judge(figures: Figures, median: Median): readonly Verdict[] {
  const verdicts: Verdict[] = [];
  const more = (what: string, ours: string, theirs: string, ratio: number, budget: string, isKept: boolean): void => {
    verdicts.push({ what, ours, theirs, ratio: ratio.toFixed(2), budget, isKept });
  };
  const start = (what: string, ours: readonly number[], theirs: readonly number[], budget: number, against: string): void => {
    const ratio = median(ours.map((value, i) => value / (theirs[i] as number)));
    verdicts.push({
      what,
      ours: `${median(ours).toFixed(0)} ms`,
      theirs: `${median(theirs).toFixed(0)} ms${against}`,
      ratio: ratio.toFixed(2),
      budget: `≤ ${budget}`,
      isKept: ratio <= budget,
    });
  };
  const { starts } = figures;
  start(
    'start to first answer',
    starts.map((s) => s.ours),
    starts.map((s) => s.theirs),
    1.1,
    '',
  );
  start(
    'the same with 10,000,000 contacts',
    starts.map((s) => s.huge),
    starts.map((s) => s.ours),
    1.1,
    ' (1,000 contacts)',
  );

  const rate = (what: string, kind: string, budget: number, against = ''): void => {
    const runs = figures.runs[kind] ?? [];
    const ratio = median(runs.map(({ ours, theirs }) => ours.rps / theirs.rps));
    const errors = runs.reduce((sum, { ours, theirs }) => sum + ours.errors + theirs.errors, 0);
    const side = (of: (run: (typeof runs)[number]) => Load): string => `${median(runs.map((run) => of(run).rps)).toFixed(0)}/s`;
    verdicts.push({
      what: errors > 0 ? `${what} (${errors} errors)` : what,
      ours: side((run) => run.ours),
      theirs: side((run) => run.theirs) + against,
      ratio: ratio.toFixed(2),
      budget: `≥ ${budget.toFixed(2)}`,
      isKept: ratio >= budget && errors === 0,
    });
    // Against itself, a longer answer takes longer.
    if (against !== '') return;
    const p99 = median(runs.map(({ ours, theirs }) => ours.p99 / theirs.p99));
    const latency = (of: (run: (typeof runs)[number]) => Load): string => `${median(runs.map((run) => of(run).p99)).toFixed(2)} ms`;
    more(
      `${what}, p99`,
      latency((run) => run.ours),
      latency((run) => run.theirs),
      p99,
      '≤ 1.5',
      p99 <= 1.5,
    );
  };
  rate('read one', 'one', 1);
  rate('read a page of 20', 'page', 1.15);
  rate('create', 'create', 0.9);
  rate('list connections, JSON', 'listJson', 1.2);
  rate('list connections, XML', 'listXml', 0.75, ' (its JSON)');
  rate('a page near the end of 10,000,000 contacts', 'lastPage', 1 / 1.2, ' (page 1)');

  const { inProcess, rest, streamed } = figures;
  const megabytes = (value: number): string => `${value.toFixed(0)} MB`;
  const atRest = rest.ours / rest.theirs;
  more('memory at rest', megabytes(rest.ours), megabytes(rest.theirs), atRest, '≤ 1.5', !(atRest > 1.5));
  const { loaded } = figures;
  const underLoad = median(loaded.map(({ ours, theirs }) => ours / theirs));
  const [loadedOurs, loadedTheirs] = [median(loaded.map(({ ours }) => ours)), median(loaded.map(({ theirs }) => theirs))];
  more('memory after a round of loads', megabytes(loadedOurs), megabytes(loadedTheirs), underLoad, '≤ 1.5', !(underLoad > 1.5));
  const atScale = rest.huge / rest.ours;
  more('the same with 10,000,000 contacts', megabytes(rest.huge), megabytes(rest.ours), atScale, '≤ 1.1', !(atScale > 1.1));
  const growth = streamed.secondHalf / streamed.firstHalf;
  const [second, first] = [megabytes(streamed.secondHalf), `${megabytes(streamed.firstHalf)} (first half)`];
  more('memory in the second half of a streamed list of 200 MB', second, first, growth, '≤ 1.1', !(growth > 1.1));
  const { readsGrowth, reads, bytesPerCreated } = inProcess;
  more(`heap growth over ${reads.toLocaleString('en')} reads`, `${readsGrowth.toFixed(1)} MB`, '', Number.NaN, '≤ 4 MB', readsGrowth <= 4);
  more('heap for a created record', `${bytesPerCreated.toFixed(0)} B`, '', Number.NaN, '≤ 1024 B', bytesPerCreated <= 1024);
  for (const plane of ['reset', 'snapshot', 'restore', 'world']) {
    const [few, many] = [inProcess.small[plane] as number, inProcess.large[plane] as number];
    // Below a few microseconds the timer itself is the noise.
    const isKept = many <= Math.max(few * 2, few + 5);
    more(`${plane}, 1,000,000 contacts`, `${many.toFixed(1)} µs`, `${few.toFixed(1)} µs (10 contacts)`, many / few, 'constant', isKept);
  }
  return verdicts;
}

/** The table of the README. */
export function table(verdicts: readonly Verdict[], run: { rounds: number; seconds: number }): string {
  const cpu = cpus();
  const rows = verdicts.map(({ what, ours, theirs, ratio, budget, isKept }) => {
    const shown = ratio === 'NaN' ? '' : ratio;
    return `| ${what} | ${ours} | ${theirs} | ${shown} | ${budget}${isKept ? '' : ' **missed**'} |`;
  });
  return [
    '| what | contacts-mock | bare Hono | ratio | budget |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    `Medians of ${run.rounds} rounds of ${run.seconds} s, 32 connections, server and load on a core each; ` +
      `Node ${process.versions.node}, ${cpu[0]?.model.trim()} × ${cpu.length}, ${process.platform}.`,
  ].join('\n');
}
