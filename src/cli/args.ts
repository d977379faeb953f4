/** A command's options, declared once: parsing, `--help` and the README's table follow. */
import { parseArgs } from 'node:util';
import { MockError, suggest } from '../mock-error.ts';

/** Where a command reads and writes; tests give their own. */
export interface Io {
  /** Answers `false` where the text was dropped, and a promise where more should wait. */
  stdout(text: string): unknown;
  stderr(text: string): unknown;
  /** Text that was piped in. */
  stdin?(): Promise<Uint8Array>;
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof fetch;
  /** Loads a package that is installed beside the program, which itself imports none. */
  load?(module: string): Promise<unknown>;
  /** Resolves when the user asks the command to stop (SIGINT, SIGTERM). */
  readonly stopped?: Promise<void>;
}

export interface Option {
  /** What stands for the value in the help: `N`, `a|b|c`. Left out: a switch. A list of words is checked. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  /** As shown. */
  readonly default?: string;
  readonly meaning: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments, as shown. */
  readonly operands?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly example: string;
}

export interface Parsed {
  readonly operands: readonly string[];
  text(name: string): string | undefined;
  all(name: string): readonly string[];
  has(name: string): boolean;
  number(name: string): number | undefined;
  readonly wantsHelp: boolean;
}

/** A mistake on the command line: one line that says what to do, exit 2. */
export const usageError = (message: string, fix: string): MockError => new MockError('usage', message, fix);

export function parse(command: Command, args: readonly string[]): Parsed {
  const options: Record<string, { type: 'string' | 'boolean'; multiple: boolean; short?: string }> = {
    help: { type: 'boolean', multiple: false, short: 'h' },
  };
  for (const [name, option] of Object.entries(command.options)) {
    options[name] = { type: option.value === undefined ? 'boolean' : 'string', multiple: option.isRepeatable ?? false };
  }
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const known = options[token.name];
    if (known === undefined) throw unknownOption(command, token.rawName, token.name);
    const option = command.options[token.name];
    if (known.type === 'boolean' && token.value !== undefined) throw usageError(`${token.rawName} takes no value.`, hint(command));
    // An empty value is a variable that was not set.
    if (known.type === 'string' && (!token.value || (!token.inlineValue && token.value.startsWith('--')))) {
      throw usageError(`${token.rawName} needs a value (${option?.value}).`, hint(command));
    }
    if (option?.value !== undefined) check(token.rawName, option.value, token.value as string, command);
    values.set(token.name, [...(known.multiple ? (values.get(token.name) ?? []) : []), token.value ?? '']);
  }
  if (command.operands === undefined && operands.length > 0 && !values.has('help')) {
    throw usageError(`"${operands[0]}" was not expected after "contacts-mock ${command.name}".`, hint(command));
  }
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  return {
    operands,
    text: last,
    all: (name) => values.get(name) ?? [],
    has: (name) => values.has(name),
    number: (name) => {
      const text = last(name);
      if (text === undefined) return undefined;
      if (!/^\d+$/.test(text)) throw usageError(`--${name} takes a whole number, not "${text}".`, hint(command));
      return Number(text);
    },
    wantsHelp: values.has('help'),
  };
}

const hint = (command: Command): string => `See contacts-mock ${command.name} --help.`;

function unknownOption(command: Command, rawName: string, name: string): MockError {
  const fix = suggest(name, Object.keys(command.options), hint(command), (near) => `--${near}`);
  return usageError(`There is no option ${rawName}.`, fix);
}

/** `a|b|c` in lower case is a choice; any other word stands for free text. */
function check(rawName: string, choices: string, value: string, command: Command): void {
  const known = choices.split('|');
  if (!/^[a-z]+(\|[a-z]+)+$/.test(choices) || known.includes(value)) return;
  throw usageError(`${rawName} is one of ${known.join(', ')}, not "${value}".`, suggest(value, known, hint(command), String));
}

/** What `--help` prints. */
export function help(command: Command): string {
  const rows = Object.entries({ ...command.options, help: { meaning: 'show this' } as Option }).map(([name, option]) => {
    const left = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
    const repeat = option.isRepeatable ? ' (repeatable)' : '';
    const standard = option.default === undefined ? '' : ` [${option.default}]`;
    return [left, `${option.meaning}${repeat}${standard}`] as const;
  });
  const width = Math.min(34, Math.max(...rows.map(([left]) => left.length)));
  const lines = rows.map(([left, right]) =>
    left.length > width ? `${left}\n${' '.repeat(width)}  ${right}` : `${left.padEnd(width)}  ${right}`,
  );
  const operands = command.operands === undefined ? '' : ` ${command.operands}`;
  return `${command.summary}\n\nUsage: contacts-mock ${command.name}${operands} [options]\n\n${lines.join('\n')}\n\nExample:\n  ${command.example}\n`;
}
