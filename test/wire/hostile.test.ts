import { describe, expect, test } from 'vitest';
import { GetConnectionsToContact } from '../../src/apis/canvara/contract.ts';
import { Contact, ContactConnectionRequest } from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { dto as declare, type Infer } from '../../src/contract/dto.ts';
import { list, object, string } from '../../src/contract/field.ts';
import { decode, encode, FORMATS, type Format } from '../../src/wire/codec.ts';
import { DecodeError, EncodeError } from '../../src/wire/error.ts';
import { NOW } from './recordings.ts';
import { profile } from '../../src/apis/trendsic/contract.ts';

const MANY = 200_000;
const namespace = (dto: Dto): string => `xmlns="${dto.ns}"`;

/** Reads, or says no in the service's words; never anything else. */
function survives(dto: Dto, body: string | Uint8Array, format: Format): void {
  try {
    decode(dto, body, { format, now: NOW });
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
  }
}

const bodies: Record<Format, [string, string][]> = {
  json: [
    ['brackets without end', `{"Contact":${'['.repeat(MANY)}`],
    ['braces without end', '{"Contact":'.repeat(MANY / 10)],
    ['names with escapes', `{${'"\\u0041":1,'.repeat(MANY / 10)}}`],
    ['a number of many digits', `{"Contact":[{"TotalDebtAmount":${'9'.repeat(MANY)},"SchoolID":${'0'.repeat(MANY)}1}]}`],
    ['a tiny number', `{"Contact":[{"TotalDebtAmount":1e-99999999999}]}`],
    ['a member called __proto__', '{"__proto__":{"AgentId":1},"constructor":{"x":1}}'],
    ['blanks', `{"AgentId":${' '.repeat(MANY)}5}`],
  ],
  jsonl: [['lines without end', '{}\n'.repeat(MANY)]],
  jsv: [
    ['brackets without end', `{Contact:${'['.repeat(MANY)}`],
    ['quotes without end', `{Contact:[{FirstName:${'"'.repeat(MANY)}}]}`],
    ['commas', `{Contact:[${','.repeat(MANY)}]}`],
    ['blanks before a name', `{${' '.repeat(MANY)}x:1}`],
    ['a stray bracket', '{Contact:]}'],
  ],
  csv: [
    ['columns without end', `${'a,'.repeat(MANY)}b\r\n`],
    ['a quote that is never closed', `AgentId\r\n"${'x'.repeat(MANY)}`],
  ],
  xml: [
    [
      'elements without end',
      `<ContactConnectionRequest ${namespace(ContactConnectionRequest as unknown as Dto)}>${'<a>'.repeat(MANY / 20)}`,
    ],
    ['attributes without end', `<ContactConnectionRequest ${'a="1" '.repeat(200)}`],
    [
      'a document type',
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]><ContactConnectionRequest>&lol1;</ContactConnectionRequest>',
    ],
    ['an external entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>&y;</x>'],
    ['half a character', '<ContactConnectionRequest>\ud800</ContactConnectionRequest>'],
  ],
};

describe('a hostile body is read or refused, quickly', () => {
  for (const format of FORMATS) {
    for (const [what, body] of bodies[format]) {
      test(`${format}: ${what}`, { timeout: 5000 }, () => survives(ContactConnectionRequest as unknown as Dto, body, format));
    }
  }
  test.each(FORMATS)('%s: bytes that are no text', (format) => {
    survives(
      ContactConnectionRequest as unknown as Dto,
      Uint8Array.from({ length: 2000 }, (_, index) => (index * 7919) % 256),
      format,
    );
    survives(GetConnectionsToContact as unknown as Dto, new Uint8Array([0xff, 0xfe, 0x00]), format);
  });
});

test('no body reaches the prototype of objects', () => {
  decode(ContactConnectionRequest, '{"__proto__":{"polluted":1},"Contact":[{"__proto__":{"polluted":1}}]}', {
    format: 'json',
    now: NOW,
  });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const Tree = declare('Tree', {}, { Name: string(), Children: list(object((): Dto => Tree as unknown as Dto)) });
type Branch = Infer<typeof Tree>;

test('a DTO that contains itself is written and read to a depth', () => {
  const nested = (depth: number): unknown => ({ Name: 'x', Children: depth === 0 ? null : [nested(depth - 1)] });
  for (const format of ['json', 'jsv', 'xml'] as const) {
    const text = encode(Tree, nested(20) as Branch, { format, profile });
    expect(decode(Tree, text, { format, now: NOW }).value).toEqual(nested(20));
    expect(() => encode(Tree, nested(60) as Branch, { format, profile })).toThrow(EncodeError);
  }
  survives(Tree as unknown as Dto, '{"Children":['.repeat(5000), 'json');
});

test('what is no date is no value', () => {
  expect(() => encode(Contact, { LastContact: 'tomorrow' }, { format: 'json', profile })).toThrow("'tomorrow' is no date");
});
