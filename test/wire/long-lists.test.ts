import { describe, expect, test } from 'vitest';
import { ContactConnectionRequest, ContactResponse, profile } from '../../src/apis/trendsic/contract.ts';
import { encode, encodeInPieces, type Format } from '../../src/wire/codec.ts';
import { EncodeError } from '../../src/wire/error.ts';

const FORMATS = ['json', 'jsonl', 'jsv', 'csv', 'xml'] as const satisfies readonly Format[];
const contacts = (count: number, name = (i: number) => `No. ${i}, "quoted"`) =>
  Array.from({ length: count }, (_, i) => (i === 3 ? null : { ContactId: i, FirstName: name(i) }));

describe.each(FORMATS)('%s', (format) => {
  test.each([true, false])('pieces are the text, with texts remembered: %s', (isMemoized) => {
    for (const count of [0, 1, 100, 101, 500]) {
      const value = Object.freeze({ AgentId: 5, Contact: contacts(count) });
      for (let time = 0; time < 3; time++) {
        const text = encode(ContactConnectionRequest, value, { format, profile, isMemoized });
        expect([...encodeInPieces(ContactConnectionRequest, value, { format, profile, isMemoized })].join('')).toBe(text);
        expect(encode(ContactConnectionRequest, value, { format, profile, isMemoized })).toBe(text);
      }
    }
  });
});

test.each(FORMATS)('%s: each item of a long list is a piece of its own', (format) => {
  const pieces = [...encodeInPieces(ContactConnectionRequest, { Contact: contacts(300) }, { format, profile })];
  expect(pieces).toHaveLength(302);
});

test('a text that looks like what holds the place of a list is a text', () => {
  const ResponseStatus = { Message: 'a\ud800b\ud800\ud800c' };
  const value = { Contact: contacts(200), ResponseStatus };
  for (const format of ['json', 'jsv'] as const)
    expect([...encodeInPieces(ContactResponse, value, { format, profile })].join('')).toBe(
      encode(ContactResponse, value, { format, profile }),
    );
});

test('an item that a format cannot hold is an error, and the next message is written as ever', () => {
  const broken = { Contact: contacts(200, (i) => (i === 150 ? '\u0001' : 'x')) };
  const text = encode(ContactConnectionRequest, { Contact: contacts(200) }, { format: 'xml', profile });
  expect(() => [...encodeInPieces(ContactConnectionRequest, broken, { format: 'xml', profile })]).toThrow(EncodeError);
  expect(encode(ContactConnectionRequest, { Contact: contacts(200) }, { format: 'xml', profile })).toBe(text);
});
