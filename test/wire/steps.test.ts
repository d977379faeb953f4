import { describe, expect, test } from 'vitest';
import { ContactConnectionRequest, profile } from '../../src/apis/trendsic/contract.ts';
import { decode, decoding, decodingList, encode, encodeList, type Format } from '../../src/wire/codec.ts';
import { DecodeError } from '../../src/wire/error.ts';
import { NOW } from './recordings.ts';

/** What steps come to, and how many there were. */
function counted<T>(steps: Generator<undefined, T, undefined>): [T, number] {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done) return [step.value, count];
  }
}

const FORMATS = ['json', 'jsv', 'xml'] as const satisfies readonly Format[];
const contacts = Array.from({ length: 1000 }, (_, i) => ({ ContactId: i, FirstName: `No. ${i}` }));

describe.each(FORMATS)('%s', (format) => {
  const body = encode(ContactConnectionRequest, { AgentId: 7, Contact: contacts }, { format, profile });

  test('a long list within a message is read in steps', () => {
    const [{ value, sent }, steps] = counted(decoding(ContactConnectionRequest, body, { format, now: NOW }));
    expect(value).toMatchObject({ AgentId: 7, Contact: contacts });
    expect(sent.get(value)).toContain('Contact');
    expect(sent.get(value.Contact![999]!)).toContain('FirstName');
    expect(steps).toBeGreaterThan(15);
  });

  test('a batch is read in steps, and so is a long message in it', () => {
    const messages = [{ AgentId: 1 }, { AgentId: 2, Contact: contacts }, { AgentId: 3 }];
    const text = encodeList(ContactConnectionRequest, messages, { format, profile });
    const [{ value }, steps] = counted(decodingList(ContactConnectionRequest, text, { format, now: NOW }));
    expect(value).toMatchObject(messages);
    expect(steps).toBeGreaterThan(15);
  });

  test('a short message is one step', () => {
    const text = encode(ContactConnectionRequest, { AgentId: 7 }, { format, profile });
    expect(counted(decoding(ContactConnectionRequest, text, { format, now: NOW }))[1]).toBeLessThan(4);
  });
});

test.each([
  ['csv', 'AgentId,ContactId\n', '5,6\n'],
  ['jsonl', '', '{"AgentId":5,"ContactId":6}\n'],
] as const)('%s: many lines are read in steps, as a message and as a batch', (format, head, line) => {
  const text = head + line.repeat(3000);
  const [one, steps] = counted(decoding(ContactConnectionRequest, text, { format, now: NOW }));
  expect(one.value).toMatchObject({ AgentId: 5, ContactId: 6 });
  expect(steps).toBeGreaterThan(15);
  const [many, batchSteps] = counted(decodingList(ContactConnectionRequest, text, { format, now: NOW }));
  expect(many.value).toHaveLength(3000);
  expect(many.value[2999]).toMatchObject({ AgentId: 5, ContactId: 6 });
  expect(batchSteps).toBeGreaterThan(15);
});

test('what a long message got right before it breaks off counts no more than in a short one', () => {
  const long = 'x'.repeat(40_000);
  for (const name of ['y', long])
    expect(() => decode(ContactConnectionRequest, `{AgentId:5,Nobody:${name},Contact`, { format: 'jsv', now: NOW })).toThrow(DecodeError);
});

test('in a long message too a value that is none is passed over, and later members of a name win', () => {
  const text = `{"AgentId":1,"Note":"${'x'.repeat(40_000)}","ContactId":"none","AgentId":2,"Contact":[${'{"ContactId":1},'.repeat(2000)}{"ContactId":9}]}`;
  const { value, passedOver } = decode(ContactConnectionRequest, text, { format: 'json', now: NOW });
  expect([value.AgentId, value.ContactId, value.Contact!.length, value.Contact![2000]!.ContactId]).toEqual([2, 0, 2001, 9]);
  expect(passedOver.map(({ name, why }) => [name, why])).toEqual([
    ['Note', 'unknown'],
    ['ContactId', 'unreadable'],
  ]);
});
