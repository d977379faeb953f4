/** The world manager that options describe, each checked before anything is made. */
import { MockError, suggest } from '../mock-error.ts';
import { DEFAULTS, MAX_RECORDS, type MockOptions, settingsOf } from '../options.ts';
import type { Api } from '../protocols/protocol.ts';
import { Base } from '../store/base.ts';
import { type ClockState, frozenAt, parseTime, REAL } from '../store/clock.ts';
import { builtInScenarios } from './scenarios/built-in-scenarios.ts';
import { Scenarios } from './scenarios/scenarios.ts';
import { checkForwarded } from './settings.ts';
import { readUpstreams } from './upstreams.ts';
import { WorldManager } from './manager.ts';

export function worldManager(apis: readonly Api[], options: MockOptions): WorldManager {
  const entities = Object.fromEntries(apis.map((api) => [api.name, api.entities]));
  const base = new Base(
    String(options.seed ?? DEFAULTS.seed),
    entities,
    checkedScale(options.scale ?? DEFAULTS.scale, apis),
    options.locale,
  );
  const clock = clockOf(options.clock ?? DEFAULTS.clock);
  const manager = new WorldManager({
    base,
    apis,
    settings: settingsOf(options),
    clock,
    worlds: {
      isStrict: (options.worlds ?? DEFAULTS.worlds) === 'strict',
      most: options.maxWorlds ?? DEFAULTS.maxWorlds,
      idle: options.worldIdle ?? DEFAULTS.worldIdle,
      memory: options.worldMemory ?? DEFAULTS.worldMemory,
    },
    journalMemory: options.journalMemory ?? DEFAULTS.journalMemory,
    upstreams: readUpstreams(options.upstream, options.upstreamTimeout ?? DEFAULTS.upstreamTimeout, apis),
    scenarios: new Scenarios(builtInScenarios(base, clock)),
    trustsProxy: options.trustProxy ?? false,
    log: options.log,
  });
  if (options.forward !== undefined) checkForwarded(options.forward, manager.operations);
  return manager;
}

/** Refuses a size for what does not exist or does not scale, and sizes out of range. */
function checkedScale(scale: NonNullable<MockOptions['scale']>, apis: readonly Api[]): NonNullable<MockOptions['scale']> {
  const names = apis.flatMap(({ name, entities }) =>
    Object.values(entities).flatMap((entity) => (typeof entity.size === 'object' ? [`${name}.${entity.name}`] : [])),
  );
  for (const [name, size] of Object.entries(scale)) {
    if (!names.includes(name)) {
      const fix = suggest(name, names, `Choose from ${names.join(', ')}.`);
      throw new MockError('unknown-scale', `There is no size "${name}" to set.`, fix);
    }
    if (!Number.isInteger(size) || size < 0 || size > MAX_RECORDS) {
      throw new MockError('bad-scale', `${name} cannot have ${size} records.`, 'Take a whole number from 0 to 10,000,000.');
    }
  }
  return scale;
}

function clockOf(text: string): ClockState {
  if (text === 'real') return REAL;
  const time = parseTime(text);
  if (time === undefined)
    throw new MockError('bad-clock', `"${text}" is not a valid time.`, 'Write ISO 8601, as in 2026-01-01T00:00:00Z, or "real".');
  return frozenAt(time);
}
