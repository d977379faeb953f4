/** The bench's table between its markers in the README. */
import { readFileSync, writeFileSync } from 'node:fs';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

export function writeTable(table: string): void {
  const text = readFileSync('README.md', 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < 0) throw new Error(`README.md has no ${START} … ${END}`);
  writeFileSync('README.md', `${text.slice(0, start + START.length)}\n${table}\n${text.slice(end)}`);
}
