/** `?jsconfig=`: ServiceStack.Text's settings for one answer, read as its `JsConfig.CreateScope` reads them (servicestack.md §13 F7). */
import type { DateHandler, SerializerSettings } from '../../../wire/profile.ts';
import type { ServiceStackProfile } from '../profile.ts';

type Settings = { -readonly [K in keyof SerializerSettings]?: SerializerSettings[K] };
type Setter = (settings: Settings, isOn: boolean, value: string) => void;

const CASES: Readonly<Record<string, SerializerSettings['textCase']>> = {
  d: undefined,
  default: undefined,
  pc: undefined,
  pascalcase: undefined,
  cc: 'camel',
  camelcase: 'camel',
  sc: 'snake',
  snakecase: 'snake',
};
const DATES: Readonly<Record<string, DateHandler>> = {
  to: 'wcf',
  timestampoffset: 'wcf',
  dcjsc: 'wcfLocal',
  dcjscompatible: 'wcfLocal',
  iso8601: 'iso',
  iso8601do: 'isoDate',
  iso8601dateonly: 'isoDate',
  iso8601dt: 'isoDateTime',
  iso8601datetime: 'isoDateTime',
  rfc1123: 'rfc1123',
  ut: 'unix',
  unixtime: 'unix',
  utm: 'unixMs',
  unixtimems: 'unixMs',
};

/** Those that act on what these services write; others there are, and nobody sees them act. */
const SETTERS: Readonly<Record<string, Setter>> = named({
  'eccn emitcamelcasenames': (settings, isOn) => {
    if (isOn) settings.textCase = 'camel';
  },
  'elun emitlowercaseunderscorenames': (settings, isOn) => {
    if (isOn) settings.textCase = 'snake';
  },
  'tc textcase': (settings, _, value) => {
    if (Object.hasOwn(CASES, value)) settings.textCase = CASES[value];
  },
  'edv excludedefaultvalues': (settings, isOn) => (settings.isDefaultOmitted = isOn),
  'inv includenullvalues': (settings, isOn) => (settings.nulls = isOn ? 'written' : 'omitted'),
  'iti includetypeinfo': (settings, isOn) => (settings.isTyped = isOn),
  'eti excludetypeinfo': (settings, isOn) => (settings.isTypeExcluded = isOn),
  'i pp indent': (settings, isOn) => (settings.isIndented = isOn),
  'au assumeutc': (settings, isOn) => (settings.isUtcAssumed = isOn),
  'auo appendutcoffset': (settings, isOn) => (settings.isUtcOffsetWritten = isOn),
  'sdtc skipdatetimeconversion': (settings, isOn) => (settings.isDateKept = isOn),
  'dh datehandler': (settings, _, value) => {
    if (Object.hasOwn(DATES, value)) settings.dateHandler = DATES[value]!;
  },
});

function named(setters: Readonly<Record<string, Setter>>): Readonly<Record<string, Setter>> {
  return Object.fromEntries(Object.entries(setters).flatMap(([names, setter]) => names.split(' ').map((name) => [name, setter])));
}

/** Profiles with settings laid over them, of each service, since their writers are worth keeping; then it starts again. */
const MAX_SCOPES = 64;
const scopes = new WeakMap<ServiceStackProfile, Map<string, ServiceStackProfile>>();

/** The profile for one answer. Names and values count in any case; a blank before a name makes it an unknown one. */
export function scoped(profile: ServiceStackProfile, config: string | undefined): ServiceStackProfile {
  if (config === undefined || config === '') return profile;
  const settings: Settings = {};
  for (const item of config.toLowerCase().split(',')) {
    const colon = item.indexOf(':');
    const name = colon < 0 ? item : item.slice(0, colon);
    const value = colon < 0 ? 'true' : item.slice(colon + 1);
    if (Object.hasOwn(SETTERS, name)) SETTERS[name]!(settings, value !== 'false' && value !== '0', value);
  }
  let known = scopes.get(profile);
  if (known === undefined || known.size >= MAX_SCOPES) scopes.set(profile, (known = new Map()));
  const key = JSON.stringify(settings);
  let scope = known.get(key);
  if (scope === undefined) known.set(key, (scope = { ...profile, ...settings }));
  return scope;
}
