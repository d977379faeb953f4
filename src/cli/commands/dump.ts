/** `contacts-mock dump`: the untouched world as JSON Lines, one record a line, made while it is written. */
import { catalogue } from '../../apis/catalogue.ts';
import { suggest } from '../../mock-error.ts';
import { DEFAULTS } from '../../options.ts';
import { Base, type BaseTable } from '../../store/base.ts';
import { inPieces } from '../../store/turns.ts';
import { type Command, type Io, type Parsed, usageError } from '../args.ts';
import { mockOptions, optionsOf } from '../mock-options.ts';

export const command: Command = {
  name: 'dump',
  summary: 'Prints the untouched world as JSON Lines: {"entity":"logisense.contacts","record":{…}}, in the order of the ids.',
  options: {
    ...optionsOf('seed', 'scale', 'locale'),
    only: { value: 'NAME', isRepeatable: true, default: 'everything', meaning: 'only this API or entity: logisense, logisense.contacts' },
  },
  example: 'contacts-mock dump --seed 7 --only trendsic.contacts --scale trendsic.contacts=1000000',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  // A full pipe answers with a promise: waiting for it is what keeps the memory flat.
  for await (const piece of inPieces(linesOf(await tablesOf(parsed, io)))) await io.stdout(piece);
  return 0;
}

function* linesOf(tables: readonly BaseTable[]): Generator<string> {
  for (const table of tables) {
    const head = `{"entity":${JSON.stringify(table.id)},"record":`;
    // Numbers without a record count as well: there may be many in a row.
    for (let n = 1; n <= table.size; n++) yield table.has(n) ? `${head}${JSON.stringify(table.record(n))}}\n` : '';
  }
}

async function tablesOf(parsed: Parsed, io: Io): Promise<readonly BaseTable[]> {
  const { seed = DEFAULTS.seed, scale = DEFAULTS.scale, locale } = await mockOptions(parsed, io);
  const base = new Base(String(seed), Object.fromEntries(catalogue.map((api) => [api.name, api.entities])), scale, locale);
  const tables = [...base.tables.values()];
  const only = parsed.all('only');
  const names = new Set([...catalogue.map(({ name }) => name), ...base.tables.keys()]);
  for (const name of only) known('--only', name, names);
  for (const name of Object.keys(scale)) known('--scale', name, new Set(base.tables.keys()));
  return only.length === 0 ? tables : tables.filter(({ id, api }) => only.includes(id) || only.includes(api));
}

function known(option: string, name: string, names: ReadonlySet<string>): void {
  if (names.has(name)) return;
  throw usageError(`${option} ${name} names nothing.`, suggest(name, names, `Choose from ${[...names].join(', ')}.`, String));
}
