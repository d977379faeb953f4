/** The part of the bench's table that the README has, between its markers. */
import { readFileSync, writeFileSync } from 'node:fs';

const START = '<!-- bench:start -->';
/** What somebody asks who chooses a mock; the bench prints the rest. */
export const README_ROWS: readonly string[] = ['start to first answer', 'read one', 'read a page of 20', 'create'];
const END = '<!-- bench:end -->';

export function writeTable(table: string): void {
  const text = readFileSync('README.md', 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start < 0 || end < 0) throw new Error(`README.md has no ${START} … ${END}`);
  writeFileSync('README.md', `${text.slice(0, start + START.length)}\n${table}\n${text.slice(end)}`);
}
