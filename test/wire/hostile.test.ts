import { describe, expect, test } from 'vitest';
import { GetConnectionsToContact } from '../../src/apis/canvara/contract.ts';
import { Contact, ContactConnectionRequest } from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { dto as declare, type Infer } from '../../src/contract/dto.ts';
import { list, object, string } from '../../src/contract/field.ts';
import { decode, decodeList, encode, FORMATS, type Format } from '../../src/wire/codec.ts';
import { DecodeError, EncodeError } from '../../src/wire/error.ts';
import { parseXml, type XmlElement } from '../../src/wire/xml/tree.ts';
import { NOW } from './recordings.ts';
import { profile } from '../../src/apis/trendsic/contract.ts';

const MANY = 1_000_000;
const namespace = (dto: Dto): string => `xmlns="${dto.ns}"`;

/** Reads, or says no in the service's words; never anything else. */
function survives(dto: Dto, body: string | Uint8Array, format: Format): void {
  try {
    decode(dto, body, { format, now: NOW });
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
  }
}

/** A contact with one member, in JSON. */
const contact = (member: string, text: string): string => `{"Contact":[{"${member}":"${text}"}]}`;
const many = (part: string): string => part.repeat(MANY / part.length);

const bodies: Record<Format, [string, string][]> = {
  json: [
    ['brackets without end', `{"Contact":${many('[')}`],
    ['braces without end', many('{"Contact":')],
    ['lists and objects without end', many('{"Contact":[')],
    ['names with escapes', `{${many('"\\u0041":1,')}}`],
    ['names that nobody knows', `{${Array.from({ length: MANY / 10 }, (_, i) => `"m${i}":1`).join(',')}}`],
    ['the same name', `{${many('"AgentId":1,')}}`],
    ['a long name', `{"${many('x')}":1}`],
    ['commas', `{${many(',')}}`],
    ['colons', `{${many(':')}}`],
    ['quotes', `{${many('"')}}`],
    ['escapes', contact('FirstName', many('\\u0041'))],
    ['a number of many digits', `{"Contact":[{"TotalDebtAmount":${many('9')},"SchoolID":${many('0')}1}]}`],
    ['a tiny number', `{"Contact":[{"TotalDebtAmount":1e-99999999999}]}`],
    ['blanks before a number', contact('TotalDebtAmount', `${many(' ')}5x`)],
    ['commas in a number', contact('TotalDebtAmount', `1${many(',')}x`)],
    ['blanks before a date', contact('LastContact', `${many(' ')}x`)],
    ['a date without end', contact('LastContact', many('2024-05-06 '))],
    ['blanks before a Guid', contact('ContactGUID', `${many(' ')}x`)],
    ['blanks before a truth', contact('Active', `${many(' ')}x`)],
    ['a member called __proto__', '{"__proto__":{"AgentId":1},"constructor":{"x":1}}'],
    ['blanks', `{"AgentId":${many(' ')}5}`],
    ['a list of nothing', `{"Contact":[${many(',')}]}`],
  ],
  jsonl: [
    ['lines without end', many('{}\n')],
    ['lines of nothing', many('\n')],
    ['a long line that nobody reads', `{}\n{"Contact":[${many('{},')}{}]}`],
  ],
  jsv: [
    ['brackets without end', `{Contact:${many('[')}`],
    ['objects without end', many('{Contact:[')],
    ['quotes without end', `{Contact:[{FirstName:${many('"')}}]}`],
    ['commas', `{Contact:[${many(',')}]}`],
    ['colons', `{${many(':')}}`],
    ['braced names', `{${many('{')}`],
    ['blanks before a name', `{${many(' ')}x:1}`],
    ['a stray bracket', '{Contact:]}'],
  ],
  csv: [
    ['columns without end', `${many('a,')}b\r\n`],
    ['cells without end', `a\r\n${many(',')}`],
    ['rows without end', `AgentId\n${many('1\n')}`],
    ['rows of nothing', `AgentId\n${many('\n')}`],
    ['quotes without end', `AgentId\n${many('"')}`],
    ['brackets without end', `AgentId\n${many('1,[')}`],
    ['a quote that is never closed', `AgentId\r\n"${many('x')}`],
  ],
  xml: [
    ['elements without end', `<ContactConnectionRequest ${namespace(ContactConnectionRequest as unknown as Dto)}>${many('<a>')}`],
    ['attributes without end', `<ContactConnectionRequest ${many('a="1" ')}`],
    [
      'a document type',
      '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]><ContactConnectionRequest>&lol1;</ContactConnectionRequest>',
    ],
    ['an external entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>&y;</x>'],
    ['half a character', '<ContactConnectionRequest>\ud800</ContactConnectionRequest>'],
    ['ampersands', `<a>${many('&amp;')}</a>`],
    ['sections', `<a>${many('<![CDATA[x]]>')}</a>`],
    ['comments', `<a>${many('<!--x-->')}</a>`],
    ['quotes', `<a ${many('"')}`],
    ['a long name', `<${many('x')}/>`],
    ['tags in tags', many('<a ')],
  ],
};

/** Of a million letters: what costs their square does not end while a test runs. */
describe('a hostile body is read or refused', () => {
  for (const format of FORMATS) {
    for (const [what, body] of bodies[format]) {
      test(`${format}: ${what}`, () => survives(ContactConnectionRequest as unknown as Dto, body, format));
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

test('a body holds so many values and no more, in every format', () => {
  const dto = ContactConnectionRequest as unknown as Dto;
  const contacts: Partial<Record<Format, (count: number) => string>> = {
    json: (count) => `{"Contact":[${Array(count).fill('{}').join(',')}]}`,
    jsv: (count) => `{Contact:[${Array(count).fill('{}').join(',')}]}`,
    xml: (count) =>
      `<ContactConnectionRequest ${namespace(dto)}><Contact>${'<Contact/>'.repeat(count)}</Contact></ContactConnectionRequest>`,
  };
  for (const [format, body] of Object.entries(contacts) as [Format, (count: number) => string][]) {
    expect(decode(dto, body(20_000), { format, now: NOW }).value['Contact']).toHaveLength(20_000);
    expect(() => decode(dto, body(22_000), { format, now: NOW })).toThrow("object graph is '1600000'");
  }
  const rows = { jsonl: (count: number) => '{}\n'.repeat(count), csv: (count: number) => `AgentId\n${'1\n'.repeat(count)}` };
  for (const format of ['jsonl', 'csv'] as const) {
    expect(decodeList(dto, rows[format](100_000), { format, now: NOW }).value).toHaveLength(100_000);
    expect(() => decodeList(dto, rows[format](600_000), { format, now: NOW })).toThrow("object graph is '1600000'");
  }
  expect(() => decode(dto, `{"Contact":[${'null,'.repeat(2_000_000)}]}`, { format: 'json', now: NOW })).toThrow(
    "object graph is '1600000'",
  );
});

test('of many lines the first is the message, and the others have to be right', () => {
  const dto = ContactConnectionRequest as unknown as Dto;
  const read = (format: Format, text: string): unknown => decode(dto, text, { format, now: NOW }).value['AgentId'];
  expect(read('jsonl', `{"AgentId":1}\n${'{"AgentId":2}\n'.repeat(200_000)}`)).toBe(1);
  expect(read('csv', `AgentId\n1\n${'2\n'.repeat(200_000)}`)).toBe(1);
  expect(() => read('csv', `AgentId\n1\n${'2\n'.repeat(200_000)}x`)).toThrow(DecodeError);
});

test('a message about a value is no longer than a page', () => {
  const dto = ContactConnectionRequest as unknown as Dto;
  const long = `AgentId,Contact\n"${'x'.repeat(100_000)}"`;
  expect(() => decode(dto, long, { format: 'csv', now: NOW })).toThrow(/^.{1,5001}$/s);
  const xml = `<ContactConnectionRequest ${namespace(dto)}><AgentId>${'x'.repeat(100_000)}</AgentId></ContactConnectionRequest>`;
  expect(() => decode(dto, xml, { format: 'xml', now: NOW })).toThrow(/^There was an error deserializing.{1,5001}$/s);
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

test('a date that is none is not written', () => {
  expect(() => encode(Contact, { LastContact: 'tomorrow' }, { format: 'json', profile })).toThrow("'tomorrow' is not a valid date");
});

describe('an XML document costs its size', () => {
  const depth = (element: XmlElement): number => {
    let levels = 1;
    for (let inner = element.content[0]; typeof inner === 'object'; inner = inner.content[0]) levels++;
    return levels;
  };
  test('many levels', () => {
    expect(depth(parseXml('<a>'.repeat(200_000) + '</a>'.repeat(200_000)))).toBe(200_000);
  });
  test('many levels that each declare a namespace', () => {
    const levels = Array.from({ length: 8000 }, (_, i) => i);
    const document = levels.map((i) => `<p${i}:a xmlns:p${i}="u${i}">`).join('') + levels.map((i) => `</p${7999 - i}:a>`).join('');
    expect(depth(parseXml(document))).toBe(8000);
  });
  test('many attributes', () => {
    const { attributes } = parseXml(`<a${Array.from({ length: 1_000_000 }, (_, i) => ` b${i}="${i}"`).join('')}/>`);
    expect(attributes).toHaveLength(1_000_000);
    expect(attributes.at(-1)).toEqual({ name: 'b999999', ns: '', value: '999999' });
  });
  test('many names', () => {
    expect(parseXml(`<a>${Array.from({ length: 100_000 }, (_, i) => `<b${i}/>`).join('')}</a>`).content).toHaveLength(100_000);
  });
  test('a long text', () => {
    expect(parseXml(`<a>${'x'.repeat(29_000_000)}</a>`).content[0]).toHaveLength(29_000_000);
  });
  test('more elements or levels than the memory should hold are refused', () => {
    expect(() => parseXml(`<a>${'<b/>'.repeat(1_000_000)}</a>`)).toThrow("object graph is '1000000'");
    expect(() => parseXml('<a>'.repeat(250_001))).toThrow('The maximum read depth (250000) has been exceeded.');
  });
});
