/** `contacts-mock routes`: every operation and verb, with a call that answers 200 in an untouched world. */
import { createMock } from '../mock.ts';
import type { Route } from '../protocols/protocol.ts';
import { type Command, help, type Io, parse } from './args.ts';
import { mockOptions, serveOptions } from './mock-options.ts';

const { api, seed, scale, auth } = serveOptions;

export const command: Command = {
  name: 'routes',
  summary: 'Lists every operation and verb with a call that works.',
  options: { api, seed, scale, auth, json: { meaning: 'print what GET /__admin/routes answers' } },
  example: 'contacts-mock routes --api logisense',
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const parsed = parse(command, args);
  if (parsed.wantsHelp) {
    io.stdout(help(command));
    return 0;
  }
  const routes = createMock(await mockOptions(parsed, io)).routes();
  io.stdout(parsed.has('json') ? `${JSON.stringify({ routes }, null, 2)}\n` : table(routes));
  return 0;
}

function table(routes: readonly Route[]): string {
  const rows = routes.map(({ operation, method, path, example }) => [operation, method, path, `${example.method} ${example.path}`]);
  const all = [['OPERATION', 'VERB', 'PATH', 'EXAMPLE'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => (row[column] as string).length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
