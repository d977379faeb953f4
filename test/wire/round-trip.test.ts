import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as canvara from '../../src/apis/canvara/contract.ts';
import * as trendsic from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { decode, decodeList, encode, encodeList, FORMATS } from '../../src/wire/codec.ts';
import { decode as decodeMessage, encode as encodeMessage } from '../../src/index.ts';
import { NOW } from './recordings.ts';
import { anyValue } from './values.ts';

const messages: [string, Dto, typeof trendsic.profile][] = [
  ...[trendsic.ContactConnectionRequest, trendsic.ContactResponse].map((dto): [string, Dto, typeof trendsic.profile] => [
    dto.name,
    dto as unknown as Dto,
    trendsic.profile,
  ]),
  ...[canvara.GetConnectionsToContact, canvara.GetConnectionsToContactResponse, canvara.ContactConnectedLinksResponse].map(
    (dto): [string, Dto, typeof trendsic.profile] => [dto.name, dto as unknown as Dto, canvara.profile],
  ),
];
/** Milliseconds and UTC are all that `/Date(…)/` holds. */
const inMilliseconds = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, held) =>
      typeof held === 'string'
        ? held.replace(
            /(T\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00:00$/,
            (_all, clock, fraction) => `${clock}${fraction ? `.${fraction}` : ''}+00:00`,
          )
        : held,
    ),
  );

describe('a value comes back as it was, whatever the format', () => {
  for (const [name, dto, profile] of messages) {
    for (const format of FORMATS) {
      test(`${name} in ${format}`, () => {
        fc.assert(
          fc.property(anyValue(dto, format === 'csv'), (value) => {
            const isCoarse = profile.date === 'wcf' && (format === 'json' || format === 'jsonl');
            const wanted = isCoarse ? inMilliseconds(value) : value;
            expect(decode(dto, encode(dto, value, { format, profile }), { format, now: NOW }).value).toEqual(wanted);
          }),
          { numRuns: 60, seed: 7 },
        );
      });
    }
  }
});

test('whoever decodes an answer in CSV gets the texts within its cells without their quotes', () => {
  const value = { Contact: [{ FirstName: 'a, "b"', LastName: '', Role: 'https://example.com' }] };
  const text = encodeMessage('trendsic.ContactResponse', value, { format: 'csv' });
  expect(decodeMessage('trendsic.ContactResponse', text, { format: 'csv' })).toMatchObject(value);
  // The service itself does not read what it wrote (recording read-csv/010).
  const own = decode(trendsic.ContactResponse as unknown as Dto, text, { format: 'csv', now: NOW }).value;
  expect(own).toMatchObject({ Contact: [{ LastName: '""', Role: '"https://example.com"' }] });
});

test('lists of messages come back as well', () => {
  const dto = trendsic.ContactConnectionRequest as unknown as Dto;
  fc.assert(
    fc.property(fc.array(anyValue(dto, true), { minLength: 1, maxLength: 3 }), (values) => {
      for (const format of FORMATS) {
        expect(decodeList(dto, encodeList(dto, values, { format, profile: trendsic.profile }), { format, now: NOW }).value).toEqual(values);
      }
    }),
    { numRuns: 30, seed: 7 },
  );
});

test('another parser takes the XML for well-formed and finds the same texts in it', () => {
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, removeNSPrefix: true });
  fc.assert(
    fc.property(anyValue(trendsic.Contact as unknown as Dto), (value) => {
      const xml = encode(trendsic.Contact, value, { format: 'xml', profile: trendsic.profile });
      expect(XMLValidator.validate(xml)).toBe(true);
      expect((parser.parse(xml) as { Contact: Record<string, string> }).Contact['FirstName'] || null).toBe(value['FirstName']);
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('a remembered record is written once and read the same', () => {
  const record = Object.freeze({ ContactId: 1, FirstName: 'Jo' });
  for (const format of FORMATS) {
    const options = { format, profile: trendsic.profile, isMemoized: true } as const;
    const first = encode(trendsic.ContactResponse, { Contact: [record] }, options);
    expect(encode(trendsic.ContactResponse, { Contact: [record] }, options)).toBe(first);
    expect(first).toBe(encode(trendsic.ContactResponse, { Contact: [record] }, { ...options, isMemoized: false }));
  }
});

test('a record that is not frozen is written as it stands', () => {
  const record = { FirstName: 'Jo' };
  const options = { format: 'json', profile: trendsic.profile, isMemoized: true } as const;
  encode(trendsic.ContactResponse, { Contact: [record] }, options);
  record.FirstName = 'Al';
  expect(encode(trendsic.ContactResponse, { Contact: [record] }, options)).toContain('"FirstName":"Al"');
});
