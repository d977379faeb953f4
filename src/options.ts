/** What `createMock` takes and the command line offers, with its defaults. */
import type { MiddlewareHandler } from 'hono';
import type { LocaleDefinition } from '@faker-js/faker';
import type { ApiName } from './apis/catalogue.ts';
import type { Log } from './journal/log.ts';
import type { Settings } from './protocols/protocol.ts';

/** What can be changed while the mock runs, for one world (`PUT /__admin/settings`). */
export interface WorldSettings extends Settings {
  readonly journal: number;
  readonly journalBody: number;
  /** Whether answers carry `X-Mock-Explanation` and `Link`. */
  readonly explain: 'on' | 'off';
  /** Operations that go to the real service: `api.Operation`, `api.*` or `*`. */
  readonly forward: readonly string[];
  /** Milliseconds that every answer waits (WireMock's name). */
  readonly fixedDelay: number;
}

/**
 * What `createMock` takes; `contacts-mock serve` has the same as options. A value of another shape is a MockError that names it.
 *
 * @example
 * createMock({ seed: 7, apis: ['logisense'], scale: { 'logisense.contacts': 1000 }, nulls: 'wire' });
 */
export interface MockOptions {
  /** Any text; the same seed gives the same bytes everywhere. Default `1`. */
  readonly seed?: string | number;
  /**
   * The language of names, streets, firms and other words that people read; ids, numbers and dates stay. faker's definitions:
   * `import { de } from '@faker-js/faker'`. Default: English.
   */
  readonly locale?: LocaleDefinition;
  /** Which APIs to serve. Default: all. */
  readonly apis?: readonly ApiName[];
  /** Sizes of an untouched world, `logisense.contacts` → N, 0 to 10,000,000. */
  readonly scale?: Readonly<Record<string, number>>;
  /** Who must sign in: as the documents state (default), as the live services, nobody. */
  readonly auth?: Settings['auth'];
  /** How ServiceStack members without a value are written; clients that write back want `wire` (servicestack.md §13 F12). Default `placeholder`. */
  readonly nulls?: Settings['nulls'];
  /** What a ServiceStack route answers to a caller who names no format. Default `json`. */
  readonly defaultFormat?: Settings['defaultFormat'];
  /** How LogiSense writes POST and PUT items without an `OutputFormat` header. Default `instance`. */
  readonly outputFormat?: Settings['outputFormat'];
  /** Answer every operation with its documented sample. */
  readonly examples?: boolean;
  /** ISO 8601 or `real`. Default 2026-01-01T00:00:00Z, standing still. */
  readonly clock?: string;
  /** Seconds of the world's time, or `service`. Default ten years. */
  readonly tokenLifetime?: number | 'service';
  /** `strict`: a world must be made first, and every call must name one. Default `open`: a new name is an untouched world. */
  readonly worlds?: 'open' | 'strict';
  /** Beyond as many the least recently used world goes. Default 20000. */
  readonly maxWorlds?: number;
  /** Milliseconds after which an unused world is dropped. Default one hour. */
  readonly worldIdle?: number;
  /** Bytes of written records that all worlds hold together, about; the least recently used goes first. Default 512 MB. */
  readonly worldMemory?: number;
  /** Journal entries kept per world; 0: none. Default 1000. */
  readonly journal?: number;
  /** Bytes kept of a body. Default 16384. */
  readonly journalBody?: number;
  /** Bytes that the journals of all worlds hold together; the oldest entries go first. Default 64 MB. */
  readonly journalMemory?: number;
  /** Whether answers say in `X-Mock-Explanation` why they failed or what was not read. Default `on`. */
  readonly explain?: WorldSettings['explain'];
  /** Believe `X-Forwarded-Proto`, `-Host` and `-Prefix` about how callers address the server. */
  readonly trustProxy?: boolean;
  /** Host names, besides the address that the server listens on and loopback names, under which `/__admin` is served. */
  readonly adminHosts?: readonly string[];
  /** The real service behind an API, to which goes what no operation serves: `{ logisense: 'https://…' }`, or an address where one API is served. */
  readonly upstream?: string | Readonly<Record<string, string>>;
  /** Milliseconds until its answer has to begin. Default 30000. */
  readonly upstreamTimeout?: number;
  /** Operations that go to it as well: `api.Operation`, `api.*` or `*`. */
  readonly forward?: readonly string[];
  /** Hono middleware that sees every call, in this order. */
  readonly middleware?: readonly MiddlewareHandler[];
  /**
   * Records laid over the generated ones: files, or the same as values, `{ 'logisense.contacts': { '1': { lastName: 'Doe' } } }`.
   * Later ones win.
   */
  readonly data?: readonly (string | DataRecords)[];
  /** The scenario that every world starts from that names none: `empty`, `single`, `edges`, or one's own. */
  readonly scenario?: string;
  /** Folders of scenarios of one's own, `NAME.json` each. */
  readonly scenarios?: readonly string[];
  /** Read data files again when they change. */
  readonly watch?: boolean;
  /** A file that holds all worlds: read at start, and a write is acknowledged only after the file has it. */
  readonly state?: string;
  /** Asked for on `/__admin` when listening off loopback. One is made where none is given. */
  readonly adminToken?: string;
  /** Told what happens: requests with the explanation of errors, dropped worlds, the mock's own mistakes. */
  readonly log?: Log;
}

/** `api.entity` → key → members (`null`: no such record), or a list of records that carry their key. */
export type DataRecords = Readonly<Record<string, unknown>>;

const TEN_YEARS = 315_360_000;

export const DEFAULTS = Object.freeze({
  seed: '1',
  scale: Object.freeze({}) as Readonly<Record<string, number>>,
  auth: 'documented',
  nulls: 'placeholder',
  defaultFormat: 'json',
  outputFormat: 'instance',
  examples: false,
  clock: '2026-01-01T00:00:00Z',
  tokenLifetime: TEN_YEARS,
  worlds: 'open',
  maxWorlds: 20_000,
  worldIdle: 3_600_000,
  worldMemory: 536_870_912,
  journal: 1000,
  journalBody: 16_384,
  journalMemory: 64_000_000,
  explain: 'on',
  upstreamTimeout: 30_000,
  forward: [] as readonly string[],
} as const satisfies MockOptions);

export const MAX_RECORDS = 10_000_000;

export const settingsOf = (options: MockOptions): WorldSettings =>
  Object.freeze({
    auth: options.auth ?? DEFAULTS.auth,
    nulls: options.nulls ?? DEFAULTS.nulls,
    defaultFormat: options.defaultFormat ?? DEFAULTS.defaultFormat,
    outputFormat: options.outputFormat ?? DEFAULTS.outputFormat,
    examples: options.examples ?? DEFAULTS.examples,
    tokenLifetime: options.tokenLifetime ?? DEFAULTS.tokenLifetime,
    journal: options.journal ?? DEFAULTS.journal,
    journalBody: options.journalBody ?? DEFAULTS.journalBody,
    explain: options.explain ?? DEFAULTS.explain,
    forward: options.forward ?? DEFAULTS.forward,
    fixedDelay: 0,
  });
