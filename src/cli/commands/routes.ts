/** `contacts-mock routes`: every operation and verb, with a call that answers 200 in an untouched world, ready to paste. */
import { createMock } from '../../mock.ts';
import { curl } from '../../admin/curl.ts';
import type { Route } from '../../protocols/protocol.ts';
import type { Command, Io, Parsed } from '../args.ts';
import { mockOptions, optionsOf } from '../mock-options.ts';

const DEFAULT_SERVER = 'http://127.0.0.1:4010';

export const command: Command = {
  name: 'routes',
  summary: 'Lists every operation and verb with a call that works.',
  options: {
    ...optionsOf('apis', 'seed', 'scale', 'auth'),
    server: { value: 'URL', default: DEFAULT_SERVER, meaning: 'the address that the calls go to' },
    json: { meaning: 'print what GET /__admin/routes answers' },
  },
  example: 'contacts-mock routes --api logisense',
};

export async function run(parsed: Parsed, io: Io): Promise<number> {
  const routes = createMock(await mockOptions(parsed, io)).routes();
  const server = (parsed.text('server') ?? DEFAULT_SERVER).replace(/\/+$/, '');
  await io.stdout(parsed.has('json') ? `${JSON.stringify({ routes }, null, 2)}\n` : table(routes, server));
  return 0;
}

function table(routes: readonly Route[], server: string): string {
  const rows = [
    ['OPERATION', 'VERB', 'PATH', 'EXAMPLE'],
    ...routes.map(({ operation, method, path, example }) => [operation, method, path, curl(example, server)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}
