/**
 * Regular expressions of patterns, which anybody who may use `/__admin` can send. There they run in time linear in the text
 * (RE2), since one like `(a+)+` can hold JavaScript's own for years; a test that calls `mock.requests` uses JavaScript's.
 */
import { MockError } from '../mock-error.ts';

type Test = (text: string) => boolean;

let compile = (source: string): Test => {
  const pattern = new RegExp(`^(?:${source})$`, 's');
  return (text) => pattern.test(text);
};

let loading: Promise<void> | undefined;
/** From now on every expression is linear. Loaded when a pattern comes over HTTP. */
export function useLinearExpressions(): Promise<void> {
  loading ??= import('re2js').then(({ RE2JS }) => {
    compile = (source) => {
      const pattern = RE2JS.compile(source, RE2JS.DOTALL);
      return (text) => pattern.matches(text);
    };
  });
  return loading;
}

/** Whether a whole text matches. */
export function regularExpression(source: unknown): Test {
  if (typeof source !== 'string') throw notValid(source, 'It is a text.');
  try {
    return compile(source);
  } catch (error) {
    throw notValid(
      source,
      /\(\?[=!<]|\\[1-9]/.test(source) ? 'Look-around and back references are not supported.' : `${(error as Error).message}.`,
    );
  }
}

const notValid = (source: unknown, why: string): MockError =>
  new MockError(
    'bad-pattern',
    `${JSON.stringify(source)?.slice(0, 200)} is not a valid regular expression. ${why}`,
    'It has to match the whole text, as in ".*Contact.*".',
  );
