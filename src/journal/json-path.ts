/** The part of JSONPath that request patterns use: `$.a.b[0]`, `['a']`, `[*]`, `$..a`, `[?(@.a == 'b')]`. */
import { MockError } from '../mock-error.ts';

export type JsonPath = (root: unknown) => unknown[];
type Step = (values: readonly unknown[]) => unknown[];

const children = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []);
const member = (value: unknown, name: string): unknown[] =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? [(value as Readonly<Record<string, unknown>>)[name]] : [];
/** The values and everything in them, each once, however often a path comes by. */
function descendants(values: readonly unknown[]): unknown[] {
  const seen = new Set<unknown>();
  const found: unknown[] = [];
  const waiting = [...values].reverse();
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
      for (const child of children(value).reverse()) waiting.push(child);
    }
    found.push(value);
  }
  return found;
}
/** Text that is read of an expression. */
const MAX_LENGTH = 1000;

const TOKEN =
  /^(?:(\.\.)|\.)?(?:([\p{L}\p{N}_$-]+)|(\*)|\[\s*(?:(-?\d+)|'([^']*)'|"([^"]*)"|(\*)|\?\(\s*@\.([\p{L}\p{N}_.$-]+)\s*(?:(==|!=|<=|>=|<|>)\s*('[^']*'|"[^"]*"|[\w.+-]+))?\s*\))\s*\])/u;

export function jsonPath(expression: string): JsonPath {
  const steps: Step[] = [];
  let rest = expression.trim();
  const unreadable = (): never => {
    throw new MockError(
      'bad-pattern',
      `The JSONPath ${expression.slice(0, 200)} cannot be read.`,
      "Use $.a.b[0], ['a'], [*], $..a and [?(@.a == 'b')].",
    );
  };
  if (!rest.startsWith('$') || rest.length > MAX_LENGTH) return unreadable();
  rest = rest.slice(1);
  while (rest !== '') {
    const match = TOKEN.exec(rest);
    if (match === null) return unreadable();
    const [all, deep, name, star, index, single, double, wild, filtered, operator, literal] = match;
    if (deep !== undefined) steps.push(descendants);
    const named = name ?? single ?? double;
    if (named !== undefined) steps.push((values) => values.flatMap((value) => member(value, named)));
    else if (star !== undefined || wild !== undefined) steps.push((values) => values.flatMap(children));
    else if (index !== undefined)
      steps.push((values) =>
        values.flatMap((value) => (Array.isArray(value) && value.at(Number(index)) !== undefined ? [value.at(Number(index))] : [])),
      );
    else if (filtered !== undefined) steps.push(filter(filtered, operator, literal));
    rest = rest.slice(all.length);
  }
  return (root) => steps.reduce<unknown[]>((values, step) => step(values), [root]);
}

const compare: Readonly<Record<string, (left: never, right: never) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function filter(path: string, operator: string | undefined, literal: string | undefined): Step {
  const names = path.split('.');
  const find = (value: unknown): unknown[] =>
    names.reduce<unknown[]>((values, name) => values.flatMap((one) => member(one, name)), [value]);
  const wanted = literal === undefined ? undefined : /^['"]/.test(literal) ? literal.slice(1, -1) : literalValue(literal);
  const holds = (value: unknown): boolean => {
    const found = find(value);
    return operator === undefined ? found.length > 0 : found.some((one) => compare[operator]?.(one as never, wanted as never));
  };
  return (values) => values.flatMap((value) => (Array.isArray(value) ? value.filter(holds) : holds(value) ? [value] : []));
}

function literalValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
