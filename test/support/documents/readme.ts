/** The tables of the README, of the recipes and of the map of src that follow from code: written by `npm run fix:readme`, held by a test. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Option } from '../../../src/cli/args.ts';
import { command } from '../../../src/cli/commands/serve.ts';
import { flagOf, type MockOption, mockOptions } from '../../../src/option-table.ts';
import { catalogue } from '../../../src/apis/catalogue.ts';
import type { Operation } from '../../../src/contract/operation.ts';
import { EDGE_TEXTS } from '../../../src/worlds/scenarios/edge-values.ts';
import { evidenceTable } from './evidence-table.ts';
import { picture } from './layers.ts';

export const README = join(import.meta.dirname, '../../../README.md');
export const RECIPES = join(import.meta.dirname, '../../../src/recipes.md');
export const MAP = join(import.meta.dirname, '../../../src/README.md');

/** One row for each operation of its own, and for each resource: what it offers, the path that all of it begins with. */
function resources(): string {
  const rows = catalogue.flatMap((api) => {
    const groups = new Map<string, Operation[]>();
    for (const operation of Object.values(api.operations)) {
      const [resource = ''] = operation.name.split('.');
      groups.set(resource, [...(groups.get(resource) ?? []), operation]);
    }
    return [...groups].map(([resource, group]) => {
      const [first] = group as [Operation, ...Operation[]];
      const names = group.map(({ name }) => `\`${name.slice(resource.length)}\``).join(', ');
      return `| \`${api.name}.${resource}\` | \`${first.path}\` | ${group.length === 1 ? first.doc : names} |`;
    });
  });
  return ['| operation | path | |', '|---|---|---|', ...rows].join('\n');
}

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

/** Invisible characters, and those that would turn the line around, by their numbers. */
const visible = (text: string): string =>
  JSON.stringify(text.length > 48 ? `${text.slice(0, 36)}…` : text).replaceAll(
    /[^\P{C}\u200d]|[^\P{Z} ]/gu,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The texts of the scenario `edges`, by the id of LogiSense's contact that has them. */
function edges(): string {
  const rows = EDGE_TEXTS.map(({ text, breaks }, i) => {
    const shown = text === null ? 'null' : visible(text).replaceAll('|', '\\|');
    return `| ${i + 2} | ${shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``} | ${breaks} |`;
  });
  return ['| contact | texts | what they break |', '|---|---|---|', ...rows].join('\n');
}

const tables: Readonly<Record<string, () => string>> = {
  resources,
  edges,
  operations,
  options,
  evidence: () => evidenceTable(),
  layers: picture,
};

/** A text as it should be. */
export function withTables(text: string): string {
  return text.replaceAll(/(<!-- (\w+):start -->\n)[\s\S]*?(<!-- \2:end -->)/g, (whole, start: string, name: string, end: string) =>
    Object.hasOwn(tables, name) ? `${start}${tables[name]?.()}\n${end}` : whole,
  );
}

export function updateReadme(): void {
  for (const file of [README, RECIPES, MAP]) writeFileSync(file, withTables(readFileSync(file, 'utf8')));
}
