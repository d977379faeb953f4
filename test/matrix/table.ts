/** test/matrix/README.md: what was run, with the exact versions. Rows that were not run stay. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, 'README.md');
const HEAD = `# What runs where

Written by \`npm run matrix -- --write\`: what passed on the day of the row. Adapters and command line are those of the packed
package, installed as a user's project has it. MSW's and Playwright's own declarations need TypeScript's DOM library; the others
do not.

| Row | With | Passed | Not run | On |
| --- | --- | --- | --- | --- |
`;

export function written(order: readonly string[], lines: Readonly<Record<string, string>>): void {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  const earlier = Object.fromEntries([...text.matchAll(/^\| (\w+) \|.*$/gm)].map(([line, name]) => [name as string, line]));
  const all = { ...earlier, ...lines };
  writeFileSync(FILE, `${HEAD}${order.flatMap((name) => all[name] ?? []).join('\n')}\n`);
}
