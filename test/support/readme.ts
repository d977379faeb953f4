/** The tables of the README that follow from code: written by `npm run fix:readme`, held by a test. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveOptions } from '../../src/cli/mock-options.ts';
import type { Option } from '../../src/cli/args.ts';
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

function options(): string {
  const rows = Object.entries<Option>(serveOptions).map(([name, { value, isRepeatable, default: standard, meaning }]) => {
    const shown = `\`--${name}${value === undefined ? '' : ` ${value.replaceAll('|', '\\|')}`}\`${isRepeatable ? ' (repeatable)' : ''}`;
    return `| ${shown} | ${standard ?? ''} | ${meaning} |`;
  });
  return ['| option of serve | default | meaning |', '|---|---|---|', ...rows].join('\n');
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
