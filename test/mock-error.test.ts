/** Misspelt names are met with the nearest one. */
import { expect, test } from 'vitest';
import { nearest, suggest } from '../src/mock-error.ts';

const NAMES = ['ContactId', 'AgentId', 'Contact'];

test('a misspelt name is met with the nearest, whatever its case', () => {
  expect(suggest('agentid_', NAMES, 'Choose.')).toBe('Did you mean "AgentId"?');
  expect(suggest('agnetId', NAMES, 'Choose.', (name) => `--${name}`)).toBe('Did you mean --AgentId?');
});

test.each(['Sideways', '', undefined])('%j is near none: the user is told what to do instead', (typed) => {
  expect(suggest(typed, NAMES, 'Choose.')).toBe('Choose.');
});

test('a text of a megabyte is near none', () => {
  expect(nearest('ContactId'.repeat(120_000), NAMES)).toBeUndefined();
});
