/** The command line: finds the command, runs it, turns its result into an exit code. */
import { MockError, suggest } from '../mock-error.ts';
import { type Command, help, type Io, type Parsed, parse } from './args.ts';

interface CommandModule {
  readonly command: Command;
  /** Answers the exit code. */
  readonly run: (parsed: Parsed, io: Io) => Promise<number>;
}

/** Every command with its summary; the code of one is loaded when it is used. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<CommandModule> }>> = {
  serve: { summary: 'serve the APIs on a port (also without a command)', load: () => import('./commands/serve.ts') },
  health: { summary: 'ask a running server whether it is there', load: () => import('./commands/health.ts') },
  routes: { summary: 'list every operation and verb with a call that works', load: () => import('./commands/routes.ts') },
  verify: { summary: 'compare any server with the contract, member by member', load: () => import('./commands/verify.ts') },
  proxy: { summary: 'pass calls on to a real service and compare its answers', load: () => import('./commands/proxy.ts') },
  dump: { summary: 'print the untouched world as JSON Lines', load: () => import('./commands/dump.ts') },
  encode: { summary: 'neutral JSON to the bytes that a service would send', load: () => import('./commands/encode.ts') },
  decode: { summary: 'bytes of a service to neutral JSON', load: () => import('./commands/decode.ts') },
  openapi: { summary: 'print an OpenAPI 3.1 description', load: () => import('./commands/openapi.ts') },
  types: { summary: 'print the TypeScript types of the DTOs', load: () => import('./commands/types.ts') },
};

const overview = (): string => {
  const rows = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return (
    'contacts-mock: a mock server for the Trendsic, Canvara and LogiSense contact APIs\n\n' +
    `Usage: contacts-mock [command] [options]\n\n${rows.join('\n')}\n\n` +
    'Each command explains itself: contacts-mock serve --help\n\nExample:\n  contacts-mock serve --port 4010 --seed 7\n'
  );
};

/** Runs a command line (without node and script) and answers the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = args;
  try {
    if (first === '--help' || first === '-h' || first === 'help') {
      io.stdout(overview());
      return 0;
    }
    if (first === '--version' || first === '-v') {
      const { version } = await import('../version.ts');
      io.stdout(`${version}\n`);
      return 0;
    }
    const isCommand = first !== undefined && !first.startsWith('-');
    const name = isCommand ? first : 'serve';
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      const fix = suggest(name, Object.keys(commands), 'See contacts-mock --help.');
      throw new MockError('usage', `There is no command "${name}".`, fix);
    }
    const module = await command.load();
    const parsed = parse(module.command, isCommand ? rest : args);
    if (!parsed.wantsHelp) return await module.run(parsed, io);
    io.stdout(help(module.command));
    return 0;
  } catch (error) {
    if (!(error instanceof MockError)) throw error;
    io.stderr(`contacts-mock: ${error.message}\n`);
    return 2;
  }
}
