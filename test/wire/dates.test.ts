import { describe, expect, test } from 'vitest';
import { Contact } from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { decode, type Format } from '../../src/wire/codec.ts';
import { DecodeError } from '../../src/wire/error.ts';
import { fromUnixMilliseconds } from '../../src/wire/values/date.ts';
import { readDate } from '../../src/wire/values/date-reader.ts';

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

/** The framework looks at the length of a text first, then at .NET's own forms, and last takes it apart by itself. */
describe('a date by its length', () => {
  const now = fromUnixMilliseconds(NOW, '')!;
  test.each([
    ['', '0001-01-01T00:00:00'],
    ['/Date(0)/', '1970-01-01T00:00:00Z'],
    ['\\/Date(0)\\/', '1970-01-01T00:00:00Z'],
    ['/Date(0-0000)/', '1970-01-01T00:00:00+00:00'],
    ['/Date(0+0000)/', '1970-01-01T00:00:00+00:00'],
    ['/Date(0+0200)/', '1970-01-01T02:00:00+00:00'],
    ['/Date(0-02:30)/', '1969-12-31T21:30:00+00:00'],
    ['/Date(-1-0200)/', '1969-12-31T21:59:59.999+00:00'],
    ['/Date( 5 )/', '1970-01-01T00:00:00.005Z'],
    ['/Date(+5)/', '1970-01-01T00:00:00.005Z'],
    ['2024-05-06 07:08:09', '2024-05-06T07:08:09'],
    ['2024-05-06T07:08:09', '2024-05-06T07:08:09'],
    ['05/06/2024 07:08:09', '2024-05-06T07:08:09'],
    ['2024-05-06 07:08:09.123', '2024-05-06T07:08:09.123'],
    ['2024-05-06 07:08:09Z', '2024-05-06T07:08:09+00:00'],
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09+00:00'],
    ['2024-05-06T07:08:09z', '2024-05-06T07:08:09+00:00'],
    ['2024-05-06T07:08:09.123Z', '2024-05-06T07:08:09.123+00:00'],
    ['2024-05-06T07:08:09.12Z', '2024-05-06T07:08:09.12+00:00'],
    ['2024-05-06T07:08:09.1Z', '2024-05-06T07:08:09.1+00:00'],
    ['2024-05-06T07:08:09.1234567Z', '2024-05-06T07:08:09.1234567+00:00'],
    ['2024-05-06T07:08:09.12345678Z', '2024-05-06T07:08:09.1234568+00:00'],
    ['2024-05-06 07:08:09.1234567Z', '2024-05-06T07:08:09.1234567+00:00'],
    ['20240506', '2024-05-06T00:00:00'],
    ['2024/5/6', '2024-05-06T00:00:00+00:00'],
    ['2024-05-06', '2024-05-06T00:00:00+00:00'],
    ['2024/05/06', '2024-05-06T00:00:00+00:00'],
    ['06/05/2024', '2024-05-06T00:00:00+00:00'],
    ['13/05/2024', '2024-05-13T00:00:00+00:00'],
    ['06.05.2024', '2024-06-05T00:00:00+00:00'],
    ['2024-05-06T07', '2024-05-06T00:00:00+00:00'],
    ['2024-05-06T07:08', '2024-05-06T07:08:00+00:00'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09+00:00'],
    ['2024-05-06T07:08:09-0230', '2024-05-06T09:38:09+00:00'],
    ['2024-05-06T07:08:09.5+02:00', '2024-05-06T05:08:09.5+00:00'],
    ['2024-05-06T07:08:09+15:00', '2024-05-05T16:08:09+00:00'],
    ['2024-5-6T7:8:9', '2024-05-06T07:08:09+00:00'],
    ['2024-5-6T7:8:9.5', '2024-05-06T07:08:09.5+00:00'],
    ['2024-5-6T7:8:9.1234567', '2024-05-06T07:08:09.1234567+00:00'],
    ['2024-5-6T7:8:9.25+2:30', '2024-05-06T04:38:09.25+00:00'],
    ['2024-5-6T7:8:9-230', '2024-05-07T06:08:09+00:00'],
    ['2024-5-6Tx:8:9', '2024-05-06T00:08:09+00:00'],
    ['2024-5-6Tx7:8:9x', '2024-05-06T00:08:00+00:00'],
    ['2024-5-6 x:8:9', '2024-05-06T00:08:09+00:00'],
    ['2024-5- 6T7:8:9', '2024-05-06T07:08:09+00:00'],
    ['/Date(5-0000)/', '1970-01-01T00:00:00.005+00:00'],
  ])('%s is %s', (text, moment) => {
    expect(readDate(text, now)).toBe(moment);
  });
  const NONE = 'was not recognized as a valid DateTime.';
  const UNREPRESENTABLE = 'Year, Month, and Day parameters describe an un-representable DateTime.';
  test.each([
    ['/Date(x)/', `The input string 'x' was not in a correct format.`],
    ['/Date(5', `length ('-7') must be a non-negative value. (Parameter 'length')\nActual value was -7.`],
    ['/Date()/', `The input string '' was not in a correct format.`],
    ['/Date(5+02)/', `The input string '+02' was not in a correct format.`],
    ['/Date(5+0x00)/', `The input string '+0x00' was not in a correct format.`],
    ['/Date(5x+0200)/', `The input string '5x' was not in a correct format.`],
    ['/Date(253402300799999+0200)/', UNREPRESENTABLE],
    ['/Date(253402300800000)/', UNREPRESENTABLE],
    ['/Date(253402300800000-0000)/', UNREPRESENTABLE],
    ['/Date(253402300800000+0100)/', UNREPRESENTABLE],
    ['13/06/2024 07:08:09', `String '13/06/2024 07:08:09' ${NONE}`],
    ['2024-05-06T24:08:09Z', `String '2024-05-06T24:08:09Z' ${NONE}`],
    ['2024-05-06T07:60:09Z', `String '2024-05-06T07:60:09Z' ${NONE}`],
    ['2024-05-06T07:08:60Z', `String '2024-05-06T07:08:60Z' ${NONE}`],
    ['2024-02-30T07:08:09Z', `String '2024-02-30T07:08:09Z' ${NONE}`],
    ['2024-05-06x07:08:09.123Z', `String '2024-05-06x07:08:09.123Z' ${NONE}`],
    [
      '20240230',
      `The DateTime represented by the string '20240230' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
    ],
    [
      '2024050x',
      `The DateTime represented by the string '2024050x' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
    ],
    [
      'x0240506',
      `The DateTime represented by the string 'x0240506' is not supported in calendar 'System.Globalization.GregorianCalendar'.`,
    ],
    ['24-05-06', `String '24-05-06' ${NONE}`],
    ['2024-13-06', UNREPRESENTABLE],
    ['2024-05-xx', `The input string 'xx' was not in a correct format.`],
    ['13/05/2024 7:8:9', UNREPRESENTABLE],
    ['13/05/2024T07:08:09', `String '13/05/2024T07:08:09' ${NONE}`],
    ['13/05/2024T07:08:09.5', UNREPRESENTABLE],
    ['13/05/2024T07:08:09.1234567', UNREPRESENTABLE],
    ['13/05/2024T07:08:09+02:00', UNREPRESENTABLE],
    ['13/05/2024T07:08:09-0230', UNREPRESENTABLE],
    ['13/05/2024T07:08', UNREPRESENTABLE],
    ['31/05/2024 07:08:09Z', `String '31/05/2024 07:08:09Z' ${NONE}`],
    ['31/05/2024T07:08:09.25Z', UNREPRESENTABLE],
    ['1/1/0001T00:00:00+02:00', `String '1/1/0001T00:00:00+02:00' ${NONE}`],
    ['x', `The string 'x' was not recognized as a valid DateTime. There is an unknown word starting at index '0'.`],
    ['12345', `String '12345' ${NONE}`],
    ['1704164645000', 'Index was outside the bounds of the array.'],
    ['never-ever-x', `The input string 'never' was not in a correct format.`],
    ['2024-05-06T07:08:09T1', `String '2024-05-06T07:08:09T1' ${NONE}`],
    ['31-12-9999T23:59:59-01:00', UNREPRESENTABLE],
    ['99/99/2024', UNREPRESENTABLE],
    ['2024-5-x6T7:8:9', "The input string 'x6' was not in a correct format."],
    ['2024-5-6xT7:8:9', "The input string '6x' was not in a correct format."],
    ['/Date(x5)/', "The input string 'x5' was not in a correct format."],
    ['/Date(5+02000)/', "The input string '+02000' was not in a correct format."],
    [' 20240506', `String ' 20240506' ${NONE}`],
    ['31/05/20244', UNREPRESENTABLE],
    ['+31/ 05/2024', `The input string '' was not in a correct format.`],
  ])('%s is none', (text, message) => {
    expect(() => readDate(text, now)).toThrow(new DecodeError(message));
  });
});
