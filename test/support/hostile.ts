/** Requests that nobody in their right mind would send, the same for a seed: near misses of calls that work, and plain garbage. */
import type { Route } from '../../src/protocols/protocol.ts';

/** A stream of numbers in [0, 1) that depends on the seed alone (xorshift). */
export function numbers(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0 || 1;
  return () => {
    for (const shift of [13, -17, 5]) state = (shift > 0 ? state ^ (state << shift) : state ^ (state >>> -shift)) >>> 0;
    return state / 2 ** 32;
  };
}

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'get', 'PROPFIND', 'LOCK', 'X'];
const TEXTS = [
  ...['', '0', '-1', 'null', 'NaN', '1e999', '9'.repeat(30), '1.5', '-9223372036854775808', 'true', ' ', '+', ';', '*', ',,,', '((('],
  ...['%00', '%', '%zz', '%2e%2e', '..', '%C0%AF', '\\', '"', "' or 1=1", '<script>', '__proto__', 'constructor', 'a'.repeat(3000)],
  ...['2026-02-30', '0001-01-01T00:00:00', '9999-12-31T23:59:59.9999999Z', '[]', '{}', '[1,2', '{a:', '1/2', '😀', 'ⅷ', '\u202e'],
  '00000000-0000-0000-0000-000000000000',
];
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  Accept: ['application/xml', 'text/csv', 'text/html', 'text/jsv', 'image/png', '*/*', ''],
  'Content-Type': [
    ...['application/json', 'application/xml', 'text/csv', 'text/jsonl', 'application/x-www-form-urlencoded', 'text/jsv'],
    ...['multipart/form-data', 'multipart/form-data; boundary=x', 'image/png'],
  ],
  Authorization: ['Bearer worker', 'Bearer visitor', 'Basic d29ya2VyOndvcmtlcg==', 'Basic !!!', 'Bearer ey.ey.ey', 'Bearer worker@w1'],
  Cookie: ['ss-id=x', 'ss-tok=ey.ey.ey', '=;;='],
  'X-Mock-World': ['w1', 'w2~empty', '~', 'a~b~c', '../'],
  Prefer: ['code=503', 'code=99', 'delay=1', 'delay=1..2', 'example', 'nulls=wire', 'code=429, retry-after=2', 'fault=x'],
  'X-HTTP-Method-Override': ['GET', 'PUT', 'DELETE', '', 'X'],
  'Content-Encoding': ['gzip', 'br', 'deflate', 'x'],
  OutputFormat: ['Result', 'Instance', 'x'],
  UpdateRequest: ['firstName,lastName', ',', 'x'],
  Origin: ['http://evil.example', 'null'],
  'Sec-Fetch-Site': ['cross-site', 'same-origin'],
  'X-Forwarded-Host': ['evil.example'],
  Range: ['bytes=0-1'],
};
const QUERY = [
  ...['Page', 'ItemsPerPage', 'OrderBy', 'Filter', 'Search', 'Fields', 'format', 'callback', 'jsconfig', 'debug', 'include'],
  ...['limit', 'offset', 'q', 'member', 'api', 'with', 'dryRun', 'ContactId', 'AgentId', 'skip', 'take', 'X-HTTP-Method-Override'],
  ...['continue', 'redirect', 'lastName', 'EmailAddress', '__prefer'],
];
const NAMES = [
  ...['__proto__', 'details', 'items', 'patchType', 'records', 'faults', 'rules', 'operation', 'outcomes', 'now', 'advance', 'settings'],
  ...[
    'urlPattern',
    'bodyPatterns',
    'jsonPath',
    'clock',
    'counters',
    'logisense.contacts',
    'request',
    'delay',
    'answer',
    'status',
    'Contact',
  ],
];
const ADMIN_PATHS = [
  ...['', 'health', 'version', 'routes', 'reset', 'settings', 'requests', 'requests/count', 'requests/find', 'requests/unmatched'],
  ...[
    'state',
    'state/hash',
    'snapshots',
    'snapshots/a',
    'snapshots/a/restore',
    'snapshots/a/diff',
    'clock',
    'faults',
    'worlds',
    'worlds/b',
  ],
  ...['integrity', 'openapi.json', 'scenarios', 'scenarios/x', 'records/logisense.contacts', 'records/logisense.contacts/1', 'contract'],
  ...['records/canvara.contacts', 'records/trendsic.contacts/1/graph', 'quickstart', 'x'],
];
const ADMIN_BODIES: readonly unknown[] = [
  { now: '2030-01-01T00:00:00Z' },
  { advance: 5 },
  { rules: [{ operation: 'logisense.Contact.get', outcomes: [{ code: 503 }] }] },
  { journal: 50 },
  { records: { 'logisense.contacts': { 1: { lastName: 'x' } } } },
  { urlPattern: '(a+)+$' },
  { bodyPatterns: [{ matchesJsonPath: '$..x' }] },
  { scenario: 'empty' },
];

/** An endless row of them. */
export function* hostileRequests(seed: number, routes: readonly Route[]): Generator<HostileRequest> {
  const next = numbers(seed);
  const chance = (probability: number): boolean => next() < probability;
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!;
  const several = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(next() * (most + 1)) }, make);

  const scalar = (): unknown =>
    pick<unknown>([null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, '\u0000', '\ud800', [], {}, [null], ...TEXTS]);
  const tree = (depth: number): unknown => {
    if (depth === 0 || chance(0.4)) return scalar();
    if (chance(0.3)) return several(3, () => tree(depth - 1));
    return Object.fromEntries(several(5, () => [pick(NAMES), tree(depth - 1)]));
  };
  /** A value with something wrong somewhere, more often than not. */
  const spoiled = (value: unknown): unknown => {
    if (chance(0.1)) return tree(2);
    if (Array.isArray(value)) return value.map(spoiled);
    if (typeof value !== 'object' || value === null) return chance(0.1) ? scalar() : value;
    const members = Object.entries(value).filter(() => chance(0.95));
    return Object.fromEntries(members.map(([name, member]) => [chance(0.04) ? pick(NAMES) : name, spoiled(member)]));
  };
  /** A text cut, or with something in its middle. */
  const torn = (text: string): string => {
    if (chance(0.6)) return text;
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + pick(['', pick(TEXTS), text.slice(at + 1), String.fromCharCode(next() * 256) + text.slice(at)]);
  };

  for (;;) {
    const isAdmin = chance(0.25);
    const { method, path, headers = {}, body } = pick(routes).example;
    let target = isAdmin ? `/__admin/${pick(ADMIN_PATHS)}` : path;
    if (chance(0.1)) target = torn(target);
    if (chance(0.15)) target = target.replace(/\d+|[0-9a-f-]{36}/, () => encodeURIComponent(pick(TEXTS)));
    if (chance(0.1)) target = `/__worlds/${pick(['w1', 'w2~empty', 'w3~edges', '..', '%2e', 'x'.repeat(80), '~'])}${target}`;
    if (chance(0.3)) target += `?${several(3, () => `${pick(QUERY)}=${encodeURIComponent(pick(TEXTS))}`).join('&')}`;
    const names = Object.keys(HEADERS);
    const odd = several(2, () => pick(names)).map((name): [string, string] => [name, pick(HEADERS[name]!)]);
    const content = isAdmin ? pick(ADMIN_BODIES) : (body ?? tree(3));
    yield {
      method: chance(0.75) && !isAdmin ? method : pick(METHODS),
      path: target.startsWith('/') ? target : `/${target}`,
      headers: [...Object.entries(headers), ...odd],
      body: chance(0.9) ? torn(typeof content === 'string' ? content : (JSON.stringify(spoiled(content)) ?? '')) : undefined,
    };
  }
}
