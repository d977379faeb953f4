/** `verify --har`: recorded traffic against the contract, without a call. */
import { chosen } from '../../apis/chosen.ts';
import type { Nulls } from '../compare/comparison.ts';
import type { Report } from '../report/report.ts';
import { Traffic } from '../traffic.ts';
import { exchangeOf, type HarEntry, harEntries } from './har.ts';

export interface HarOptions {
  readonly file: string;
  /** Only calls below this address; without it, calls of any host by their paths. */
  readonly url?: string | undefined;
  /** Which APIs. Default: all. */
  readonly apis?: readonly string[];
  readonly nulls?: Nulls;
}

/** @throws MockError for a file that cannot be read, an API that is not known */
export async function compareHar({ file, url, apis, nulls = 'placeholder' }: HarOptions): Promise<Report> {
  const traffic = new Traffic(chosen(apis?.length ? apis : undefined), { nulls });
  const base = url === undefined ? undefined : new URL(url);
  const others = { 'other hosts or addresses': 0, 'other paths, or pages': 0, 'calls without an answer': 0 };
  let count = 0;
  for await (const entry of harEntries(file)) {
    count++;
    const target = targetOf(entry.request.url, base);
    if (target === undefined) others['other hosts or addresses']++;
    else if (entry.response.status <= 0) others['calls without an answer']++;
    else if (traffic.add(exchangeOf(entry, target), entry.time, whenOf(entry)) === undefined) others['other paths, or pages']++;
  }
  const counts = Object.entries(others).map(([of, some]) => `${some} ${of}`);
  return traffic.report(file, [`${count} entries; not compared: ${counts.join(', ')}`]);
}

const whenOf = ({ startedDateTime, request }: HarEntry) => ({
  at: Date.parse(startedDateTime ?? ''),
  server: new URL(request.url).origin,
});

/** Below the base address; a world's prefix is the mock's own. */
function targetOf(address: string, base: URL | undefined): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, pathname, search } = new URL(address);
  if (base === undefined) return pathname.replace(/^\/__worlds\/[^/]+(?=\/)/, '') + search;
  const prefix = base.pathname.replace(/\/+$/, '');
  const isBelow = origin === base.origin && (pathname === prefix || pathname.startsWith(`${prefix}/`));
  return isBelow ? `${pathname.slice(prefix.length)}${search}` : undefined;
}
