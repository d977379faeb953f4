/** The options of a mock, each once: the command line, `createMock`'s check, `--help` and the README's table follow. */
import { catalogue } from './apis/catalogue.ts';
import { MockError, suggest } from './mock-error.ts';
import {
  addresses,
  bytes,
  checkValue,
  choice,
  duration,
  inCode,
  locale,
  onOff,
  type OptionType,
  records,
  seconds,
  seed,
  sizes,
  text,
  texts,
  time,
  token,
  wholeNumber,
} from './option-type.ts';
import { MAX_RECORDS, type MockOptions } from './options.ts';

export interface MockOption {
  readonly type: OptionType;
  /** On the command line, where it is not the name with dashes; `undefined`: not there. */
  readonly flag?: string | undefined;
  /** As shown. */
  readonly default?: string;
  readonly meaning: string;
}

const API_NAMES = catalogue.map(({ name }) => name).join(', ');
const isNames = (value: unknown): boolean => Array.isArray(value) && value.every((name) => typeof name === 'string');
const isFunctions = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'function');

export const mockOptions = {
  apis: {
    type: {
      ...texts('NAME', `takes at least one of ${API_NAMES}`),
      accepts: (value) => isNames(value) && (value as readonly string[]).length > 0,
    },
    flag: 'api',
    default: 'all three',
    meaning: `only this API: ${API_NAMES}`,
  },
  seed: { type: seed, default: '1', meaning: 'any text; the same seed gives the same bytes everywhere' },
  scale: {
    type: sizes(MAX_RECORDS),
    default: '200',
    meaning: 'size of an untouched world, 0 to 10,000,000: logisense.contacts=1000',
  },
  locale: { type: locale, default: 'en', meaning: "language of names, streets and other words, by faker's name: de, ja, ar, pt_BR" },
  auth: {
    type: choice('documented', 'strict', 'off'),
    default: 'documented',
    meaning: 'who must sign in: as the documents state, as the live services, nobody',
  },
  nulls: {
    type: choice('placeholder', 'wire'),
    default: 'placeholder',
    meaning: 'how ServiceStack members without a value are written',
  },
  defaultFormat: {
    type: choice('json', 'html'),
    default: 'json',
    meaning: 'what a ServiceStack route answers when the caller names no format',
  },
  outputFormat: {
    type: choice('instance', 'result'),
    default: 'instance',
    meaning: 'how LogiSense writes POST and PUT items without an OutputFormat header',
  },
  examples: { type: onOff, meaning: 'answer every operation with its documented sample' },
  clock: { type: time, default: '2026-01-01T00:00:00Z', meaning: "the world's time; stands still unless moved" },
  tokenLifetime: { type: seconds, default: 'ten years', meaning: "of the world's time; service: what each service gives" },
  worlds: {
    type: choice('open', 'strict'),
    default: 'open',
    meaning: 'strict: a world must be made first, and every request must name one',
  },
  maxWorlds: { type: wholeNumber(1), default: '20000', meaning: 'the least recently used world goes first' },
  worldIdle: { type: duration(1), default: '1h', meaning: 'a world unused for so long is dropped: 500ms, 30s, 5m, 1h' },
  worldMemory: { type: bytes, default: '512m', meaning: 'bytes written to all worlds; the least recently used goes first' },
  journal: { type: wholeNumber(0), default: '1000', meaning: 'journal entries kept per world; 0: none' },
  journalBody: { type: bytes, default: '16k', meaning: 'bytes of a body kept in the journal' },
  journalMemory: { type: bytes, default: '64m', meaning: 'bytes of all journals together; the oldest entries go first' },
  explain: { type: choice('on', 'off'), default: 'on', meaning: 'whether answers say why they failed, in X-Mock-Explanation' },
  upstream: { type: addresses, meaning: 'the real service, to which goes what no operation serves' },
  upstreamTimeout: { type: duration(1), default: '30s', meaning: 'how long the real service has to begin its answer' },
  forward: {
    type: texts('OPERATION', 'takes names of operations, as in logisense.Contact.get'),
    meaning: 'goes to the real service too: logisense.Contact.get, logisense.*, *',
  },
  trustProxy: { type: onOff, meaning: 'believe X-Forwarded-Proto, -Host and -Prefix' },
  data: { type: records, meaning: 'records laid over the generated ones (JSON, as GET /__admin/state gives it)' },
  scenario: { type: text('NAME'), meaning: 'what every world starts from that names none: empty, single, edges, or one of your own' },
  scenarios: { type: texts('DIR', 'takes folders'), meaning: 'a folder of scenarios of your own, NAME.json each' },
  watch: { type: onOff, meaning: 'read data files and scenarios again when they change' },
  state: { type: text('FILE'), meaning: 'load all worlds at start; a write is acknowledged only after the file holds it' },
  adminToken: { type: token, meaning: 'asked for on /__admin off loopback; made and printed if not given' },
  adminHosts: {
    type: texts('NAME', 'takes names of hosts'),
    flag: 'admin-host',
    meaning: 'a further host name under which /__admin is served',
  },
  middleware: {
    type: inCode('takes a list of Hono middleware', isFunctions),
    flag: undefined,
    meaning: 'Hono middleware that sees every call',
  },
  log: {
    type: inCode('takes a function', (value) => typeof value === 'function'),
    flag: undefined,
    meaning: 'told of every request, with the explanation of errors',
  },
} as const satisfies { readonly [K in keyof MockOptions]-?: MockOption };

/** `journalBody` → `journal-body`; undefined for what code alone can give. */
export function flagOf(name: string, option: MockOption): string | undefined {
  return 'flag' in option ? option.flag : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Refuses options that there are not, with the nearest that there is, and values that an option does not take. */
export function checkOptions(options: MockOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(mockOptions, name)) {
      const names = Object.keys(mockOptions);
      throw new MockError('unknown-option', `There is no option "${name}".`, suggest(name, names, `There are ${names.join(', ')}.`));
    }
    const { type } = mockOptions[name as keyof MockOptions];
    if (value !== undefined) checkValue(type, name, value);
  }
}
