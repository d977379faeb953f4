/** What breaks naive front ends: for texts a list by hand, for every other type its limits. */
import type { Field, FieldType } from '../../contract/field.ts';

export interface EdgeText {
  readonly text: string | null;
  /** What it breaks. */
  readonly breaks: string;
}

const times = (text: string, count: number): string => text.repeat(count);

/** One contact of the scenario `edges` each, in this order: contact 2 has the first in every text. */
export const EDGE_TEXTS: readonly EdgeText[] = Object.freeze([
  { text: null, breaks: 'code that takes every text for there' },
  { text: '', breaks: 'a heading or a link without anything to see' },
  { text: 'I', breaks: 'a rule that names have two letters' },
  { text: times('Abcdefghij', 20), breaks: 'a column that cannot break a word of 200 letters' },
  { text: times('Maximiliane ', 17).slice(0, 200), breaks: 'a line that cannot wrap 200 letters' },
  { text: 'Zoë Núñez-Łukaszewicz', breaks: 'ASCII alone, a search that does not know marks' },
  { text: 'Zoe\u0308 Nu\u0301n\u0303ez', breaks: 'comparing and cutting letters whose marks are characters of their own' },
  { text: 'İpek Iğdır Straße', breaks: 'upper and lower case: İ, ı and ß change their length' },
  { text: 'D’Arcy O\'Neill "Mac" `Ada´', breaks: 'quotation marks in code, attributes and SQL' },
  { text: 'Anne-Marie Smith–Jones', breaks: 'splitting names at a hyphen, or a dash taken for one' },
  { text: 'مريم عبد الله', breaks: 'a layout from left to right alone' },
  { text: 'Sarah שרה (123) כהן', breaks: 'both directions in one line: parentheses and numbers move' },
  { text: '\u202eAda\u202c Lovelace', breaks: 'a mark that turns the rest of the line around' },
  { text: '欧阳娜娜 𠮷野家', breaks: 'initials, and letters of two UTF-16 units' },
  { text: '👩‍👩‍👧‍👦 Ada 👩🏽‍🚀 🇳🇿', breaks: 'cutting and counting: one sign of eleven UTF-16 units' },
  { text: '  Ada  Lovelace ', breaks: 'blanks at the ends, and two in a row' },
  { text: '\tAda\u00a0Lovelace\u2003', breaks: 'blanks that are not blanks' },
  { text: 'Ada\nLovelace\r\n12 St James’s Square', breaks: 'a text of one line' },
  { text: 'A\u200bda\ufeff\u00adLovelace', breaks: 'letters without a width' },
  { text: '<b>Ada</b> & <script>alert(1)</script> &amp; ]]>', breaks: 'text that is put into HTML or XML as it is' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is asked for
  { text: '{{7*7}} ${7*7} <%= 7*7 %> #{7*7} %s %d {0}', breaks: 'text that is put into a template' },
  { text: '=1+1,"Ada";{Lovelace:[1,2]}', breaks: 'CSV, JSV and a spreadsheet that computes' },
  { text: "Robert'); DROP TABLE contacts;--", breaks: 'SQL put together from texts' },
  { text: 'C:\\new\\table \\u0041 %41 &#65;', breaks: 'undoing an escape twice' },
  { text: 'null', breaks: 'words that a language knows: null, undefined, NaN, true' },
  { text: '007', breaks: 'texts that look like numbers: 007, 1e5, 1,000' },
  { text: '2024-02-30T25:61:00Z', breaks: 'texts that look like dates' },
  { text: 'https://example.com/?q=a&b=c#d', breaks: 'texts that are made into links' },
]);

/** Ends of months, leap days, both ends of .NET's calendar, with and without a fraction; a member's own zone is added. */
const DATES = [
  '9999-12-31T23:59:59.9999999',
  '0001-01-01T00:00:00',
  '2024-02-29T23:59:59.999',
  '2025-02-28T23:59:59',
  '2000-02-29T00:00:00',
  '1970-01-01T00:00:00',
  '2025-12-31T23:59:59.9999999',
  '2026-01-31T12:00:00.5',
  '1969-12-31T23:59:59.001',
  '2038-01-19T03:14:08',
];

const VALUES: Readonly<Partial<Record<FieldType, readonly unknown[]>>> = {
  int: [2_147_483_647, -2_147_483_648, 0, -1, 1],
  long: ['9223372036854775807', '-9223372036854775808', '9007199254740993', 9_007_199_254_740_991, 0, -1],
  // Scales of 0 and 10, both ends of .NET's decimal.
  decimal: [
    '79228162514264337593543950335',
    '-79228162514264337593543950335',
    '0.0000000001',
    '1234567890.0123456789',
    '0.00',
    '-0.5',
    '1000',
  ],
  double: [1.7976931348623157e308, 5e-324, -180, 0, 0.1, -1e21, 90],
  bool: [true, false],
  guid: ['ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001'],
};

/**
 * The values that a member can have at its limits, in turn; empty where it has none of its own (a list, an object).
 * `zone` is that of the member's generated dates: `Z` or nothing.
 */
export function edgesOf({ facts }: Field, zone: string): readonly unknown[] {
  const values =
    facts.type === 'dateTime'
      ? DATES.map((date) => date + zone)
      : facts.type === 'enum'
        ? (facts.enumeration?.values ?? [])
        : (VALUES[facts.type] ?? []);
  return facts.isNullable && !facts.isRequired && values.length > 0 ? [null, ...values] : values;
}
