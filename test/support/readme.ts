/** The tables of the README that follow from code: written by `npm run fix:readme`, held by a test. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Option } from '../../src/cli/args.ts';
import { command } from '../../src/cli/serve.ts';
import { flagOf, type MockOption, mockOptions } from '../../src/option-table.ts';
import { catalogue } from '../../src/apis/catalogue.ts';
import { evidenceTable } from '../../src/verify/evidence.ts';

export const README = join(import.meta.dirname, '../../README.md');

/** One row for each operation: name, verbs, path, what it does. */
function operations(): string {
  const rows = catalogue.flatMap((api) =>
    Object.values(api.operations).map((operation) => {
      const methods = operation.methods.length === 7 ? 'all verbs' : operation.methods.join(', ');
      return `| \`${api.name}.${operation.name}\` | ${methods} | \`${operation.path}\` | ${operation.doc} |`;
    }),
  );
  return ['| operation | verbs | path | |', '|---|---|---|---|', ...rows].join('\n');
}

/** The options of `serve` and of `createMock`, which are one table. */
function options(): string {
  const inCode = new Map(Object.entries<MockOption>(mockOptions).map(([name, option]) => [flagOf(name, option) ?? name, name]));
  const rows = Object.entries<Option>(command.options).map(([flag, { value, isRepeatable, default: standard, meaning }]) => {
    const shown = `\`--${flag}${value === undefined ? '' : ` ${value.replaceAll('|', '\\|')}`}\`${isRepeatable ? ' (repeatable)' : ''}`;
    const name = inCode.get(flag);
    return `| ${shown} | ${name === undefined ? '' : `\`${name}\``} | ${standard ?? ''} | ${meaning} |`;
  });
  const { middleware, log } = mockOptions;
  const codeOnly = Object.entries({ middleware, log }).map(([name, { meaning }]) => `| | \`${name}\` | | ${meaning} |`);
  return ['| option of serve | of createMock | default | meaning |', '|---|---|---|---|', ...rows, ...codeOnly].join('\n');
}

const tables: Readonly<Record<string, () => string>> = { operations, options, evidence: () => evidenceTable() };

/** The README as it should be. */
export function withTables(text: string): string {
  for (const [name, table] of Object.entries(tables)) {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`README.md lacks ${start} or ${end}`);
    text = `${text.slice(0, from + start.length)}\n${table()}\n${text.slice(to)}`;
  }
  return text;
}

export const updateReadme = (): void => writeFileSync(README, withTables(readFileSync(README, 'utf8')));
