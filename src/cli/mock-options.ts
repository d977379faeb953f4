/** The options that describe a mock, as several commands take them, and what `createMock` makes of them. */
import { MAX_RECORDS, type MockOptions } from '../options.ts';
import { localeNamed } from './locale.ts';
import { type Io, type Option, type Parsed, usageError } from './args.ts';

/** Which world: for every command that makes one. */
export const worldOptions = {
  api: { value: 'NAME', isRepeatable: true, default: 'all three', meaning: 'only this API: trendsic, canvara, logisense' },
  seed: { value: 'S', default: '1', meaning: 'any text; the same seed gives the same bytes everywhere' },
  scale: {
    value: 'NAME=N',
    isRepeatable: true,
    default: '200',
    meaning: 'size of an untouched world, 0 to 10,000,000: logisense.contacts=1000',
  },
  locale: { value: 'NAME', default: 'en', meaning: "language of names, streets and other words, by faker's name: de, ja, ar, pt_BR" },
} as const satisfies Record<string, Option>;

export const serveOptions = {
  port: { value: 'N', default: '4010, or PORT', meaning: 'where to listen; 0 takes any free port' },
  host: { value: 'H', default: '127.0.0.1', meaning: 'address to listen on' },
  ...worldOptions,
  auth: {
    value: 'documented|strict|off',
    default: 'documented',
    meaning: 'who must sign in: as the documents state, as the live services, nobody',
  },
  nulls: { value: 'placeholder|wire', default: 'placeholder', meaning: 'how ServiceStack members without a value are written' },
  'default-format': { value: 'json|html', default: 'json', meaning: 'what a ServiceStack route answers when the caller names no format' },
  'output-format': {
    value: 'instance|result',
    default: 'instance',
    meaning: 'how LogiSense writes POST and PUT items without an OutputFormat header',
  },
  examples: { meaning: 'answer every operation with its documented sample' },
  clock: { value: 'T|real', default: '2026-01-01T00:00:00Z', meaning: "the world's time; stands still unless moved" },
  'token-lifetime': { value: 'SECONDS|service', default: 'ten years', meaning: "of the world's time; service: what each service gives" },
  worlds: { value: 'open|strict', default: 'open', meaning: 'strict: a world must be made first, and every request must name one' },
  'max-worlds': { value: 'N', default: '20000', meaning: 'the least recently used world goes first' },
  'world-idle': { value: 'DURATION', default: '1h', meaning: 'a world unused for so long is dropped: 500ms, 30s, 5m, 1h' },
  journal: { value: 'N', default: '1000', meaning: 'journal entries kept per world; 0: none' },
  'journal-body': { value: 'BYTES', default: '16k', meaning: 'bytes of a body kept in the journal' },
  data: { value: 'FILE', isRepeatable: true, meaning: 'records laid over the generated ones (JSON, as GET /__admin/state gives it)' },
  watch: { meaning: 'read the data files again when they change' },
  state: { value: 'FILE', meaning: 'load all worlds at start; a write is acknowledged only after the file holds it' },
  'admin-token': { value: 'T', meaning: 'asked for on /__admin off loopback; made and printed if not given' },
  log: { value: 'off|text|json', default: 'text', meaning: 'banner and one line a request' },
} as const satisfies Record<string, Option>;

/** `500ms`, `30s`, `5m`, `1h`, or plain milliseconds. */
export function durationOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text);
  if (match === null) throw usageError(`"${text}" is no duration.`, 'Write 500ms, 30s, 5m or 1h.');
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] ?? 'ms'] as number;
  return Number(match[1]) * unit;
}

/** `16k`, `1m`, or plain bytes. */
function bytesOf(text: string): number {
  const match = /^(\d+)(k|m)?$/i.exec(text);
  if (match === null) throw usageError(`"${text}" is no size.`, 'Write a number of bytes, or 16k, or 1m.');
  return Number(match[1]) * ({ k: 1024, m: 1_048_576 }[(match[2] ?? '').toLowerCase()] ?? 1);
}

function scaleOf(entries: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    entries.map((entry) => {
      const match = /^([^=]+)=([\d_]+)$/.exec(entry);
      const count = Number(match?.[2]?.replaceAll('_', ''));
      if (match === null || !(count <= MAX_RECORDS)) {
        throw usageError(`--scale ${entry} is not NAME=N with N from 0 to 10,000,000.`, 'Write it as in --scale logisense.contacts=1000.');
      }
      return [match[1] as string, count];
    }),
  );
}

const lifetimeOf = (text: string): number | 'service' => {
  if (text === 'service') return text;
  if (!/^\d+$/.test(text)) throw usageError(`--token-lifetime takes seconds or "service", not "${text}".`, 'Write --token-lifetime 1800.');
  return Number(text);
};

type Choice<K extends keyof MockOptions> = NonNullable<MockOptions[K]>;

/** What was said on the command line, and only that: `createMock` knows the defaults. */
export async function mockOptions(parsed: Parsed, io: Io): Promise<MockOptions> {
  const options: { -readonly [K in keyof MockOptions]: MockOptions[K] } = {};
  const set = <K extends keyof MockOptions>(name: K, text: string | undefined, read: (text: string) => MockOptions[K]): void => {
    if (text !== undefined) options[name] = read(text);
  };
  if (parsed.has('api')) options.apis = parsed.all('api');
  if (parsed.has('scale')) options.scale = scaleOf(parsed.all('scale'));
  if (parsed.has('locale')) options.locale = await localeNamed(parsed.text('locale') as string, io);
  if (parsed.has('examples')) options.examples = true;
  if (parsed.has('data')) options.data = parsed.all('data');
  if (parsed.has('watch')) options.watch = true;
  if (parsed.has('journal')) options.journal = parsed.number('journal') as number;
  if (parsed.has('max-worlds')) options.maxWorlds = parsed.number('max-worlds') as number;
  set('seed', parsed.text('seed'), (text) => text);
  set('auth', parsed.text('auth'), (text) => text as Choice<'auth'>);
  set('nulls', parsed.text('nulls'), (text) => text as Choice<'nulls'>);
  set('defaultFormat', parsed.text('default-format'), (text) => text as Choice<'defaultFormat'>);
  set('outputFormat', parsed.text('output-format'), (text) => text as Choice<'outputFormat'>);
  set('worlds', parsed.text('worlds'), (text) => text as Choice<'worlds'>);
  set('state', parsed.text('state'), (text) => text);
  set('adminToken', parsed.text('admin-token'), (text) => text);
  set('clock', parsed.text('clock'), (text) => text);
  set('tokenLifetime', parsed.text('token-lifetime'), lifetimeOf);
  set('worldIdle', parsed.text('world-idle'), durationOf);
  set('journalBody', parsed.text('journal-body'), bytesOf);
  return options;
}
