import { describe, expect, test } from 'vitest';
import { Contact } from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { decode, type Format } from '../../src/wire/codec.ts';

const NOW = Date.UTC(2031, 1, 28, 23, 59, 59, 999);
const bodies: Partial<Record<Format, (text: string) => string>> = {
  json: (text) => JSON.stringify({ LastContact: text }),
  jsv: (text) => `{LastContact:"${text}"}`,
  xml: (text) => `<Contact xmlns="${Contact.ns}"><LastContact>${text}</LastContact></Contact>`,
};
const read = (format: Format, text: string): unknown =>
  decode(Contact as unknown as Dto, bodies[format]!(text), { format, now: NOW }).value['LastContact'];

describe.each(['json', 'jsv'] as const)('a date in %s', (format) => {
  test.each([
    ['12:34', '2031-02-28T12:34:00+00:00'],
    ['1:34 PM', '2031-02-28T13:34:00+00:00'],
    ['12:34 a', '2031-02-28T00:34:00+00:00'],
    ['7 PM', '2031-02-28T19:00:00+00:00'],
    ['7:08:09.5', '2031-02-28T07:08:09.5+00:00'],
    ['7:08Z', '2031-02-28T07:08:00+00:00'],
    ['23:30 -02:00', '2031-03-01T01:30:00+00:00'],
    ['May 6', '2031-05-06T00:00:00+00:00'],
    ['6 May', '2031-05-06T00:00:00+00:00'],
    ['May 6 7 PM', '2031-05-06T19:00:00+00:00'],
    ['5/6', '2031-05-06T00:00:00+00:00'],
    ['5.5', '2031-05-05T00:00:00+00:00'],
    ['2/28 12:34', '2031-02-28T12:34:00+00:00'],
  ])('%s leans on the world’s clock', (text, moment) => {
    expect(read(format, text)).toBe(moment);
  });
  test.each([
    ['May 2024 ', '2024-05-01T00:00:00+00:00'],
    ['2024 May ', '2024-05-01T00:00:00+00:00'],
    ['2024-05-06+02:00', '2024-05-05T22:00:00+00:00'],
    ['2024-05-06 -02:00', '2024-05-06T02:00:00+00:00'],
    ['2024-05-06Z', '2024-05-06T00:00:00+00:00'],
    ['2024-05-06 07:08:09 GMT', '2024-05-06T07:08:09+00:00'],
    ['2024-05-06T07:08', '2024-05-06T07:08:00+00:00'],
    ['2024-05-06 7:08 PM', '2024-05-06T19:08:00+00:00'],
    // The framework's last resort takes the date and drops the clock.
    ['2024-05-06T7:08', '2024-05-06T00:00:00+00:00'],
  ])('%s is one', (text, moment) => {
    expect(read(format, text)).toBe(moment);
  });
  test.each([
    '2024-05-06T07:08:09GMT',
    '2024-05-06T07:08:09 UTC',
    '2024-05-06T07:08:09.',
    '2024-05-06T07:08 PM',
    '05/06/2024T07:08',
    '2/29',
    '13:00 PM',
    'May 32',
    'May',
    'PM',
    '24:00',
  ])('%s is none', (text) => {
    expect(read(format, text)).toBe('0001-01-01T00:00:00');
  });
  test.each([
    [253402300799999, '9999-12-31T23:59:59.999Z'],
    [-62135596800000, '0001-01-01T00:00:00Z'],
    [-62135596799999, '0001-01-01T00:00:00.001Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [8640000000001, '2243-10-17T00:00:00.001Z'],
  ])('/Date(%i)/ is exact', (milliseconds, moment) => {
    expect(read(format, `/Date(${milliseconds})/`)).toBe(moment);
  });
  test('beyond the years 1 to 9999 there is none', () => {
    expect(read(format, '/Date(253402300800000)/')).toBe('0001-01-01T00:00:00');
    expect(read(format, '/Date(-62135596800001)/')).toBe('0001-01-01T00:00:00');
  });
  test.each([
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999+00:00'],
    ['0001-01-01T00:00:00.0000001Z', '0001-01-01T00:00:00.0000001+00:00'],
    ['1234-05-06 07:08:09.1234567', '1234-05-06T07:08:09.1234567+00:00'],
    ['9999-12-31 23:59:59.99999990', '9999-12-31T23:59:59.9999999+00:00'],
  ])('%s is exact to the tick', (text, moment) => {
    expect(read(format, text)).toBe(moment);
  });
});

describe('a date in XML', () => {
  test.each([
    ['12:34:56', '2031-02-28T12:34:56'],
    ['12:34:56.5Z', '2031-02-28T12:34:56.5Z'],
    ['23:00:00-02:00', '2031-03-01T01:00:00+00:00'],
    ['---06', '2031-01-06T00:00:00'],
    ['--05', '2031-05-01T00:00:00'],
    ['--02-29', '1904-02-29T00:00:00'],
    ['2024', '2024-01-01T00:00:00'],
    ['2024-05', '2024-05-01T00:00:00'],
  ])('%s leans on the world’s clock where it names no year', (text, moment) => {
    expect(read('xml', text)).toBe(moment);
  });
  test.each([
    ['2024-05-06T07:08:09.12345674', '.1234567'],
    ['2024-05-06T07:08:09.12345675', '.1234568'],
    ['2024-05-06T07:08:09.12345665', '.1234566'],
    ['2024-05-06T07:08:09.123456650001', '.1234567'],
    ['2024-05-06T07:08:09.12345676', '.1234568'],
    ['2024-05-06T07:08:09.0', ''],
  ])('%s keeps seven digits, half to even', (text, fraction) => {
    expect(read('xml', text)).toBe(`2024-05-06T07:08:09${fraction}`);
  });
});
