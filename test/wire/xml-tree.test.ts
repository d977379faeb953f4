import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test, vi } from 'vitest';
import { DecodeError } from '../../src/wire/error.ts';
import { parseXml, parsingXml, type XmlElement } from '../../src/wire/xml/tree.ts';

/** The tree as text: names with their namespaces, so that a whole document is compared at once. */
const shown = ({ name, ns, attributes, type, content }: XmlElement): string =>
  `${ns && `{${ns}}`}${name}${attributes.map((one) => ` ${one.ns && `{${one.ns}}`}${one.name}=${one.value}`).join('')}${
    type === undefined ? '' : ` is {${type.ns}}${type.name}`
  }(${content.map((node) => (typeof node === 'string' ? JSON.stringify(node) : shown(node))).join(',')})`;
const tree = (document: string): string => shown(parseXml(document));

describe('what a document says', () => {
  test('texts, sections and references are one text, comments none', () => {
    expect(tree('<a>1&lt;2<!-- > --><![CDATA[<&amp;>]]>&#65;&#x42;&amp;lt;</a>')).toBe('a("1<2","<&amp;>","AB&lt;")');
    expect(tree('<a>&#;&#x;</a>')).toBe('a("\\u0000\\u0000")');
  });
  test('line breaks are one character, but those that are references', () => {
    expect(tree('<a>1\r\n2\r3&#13;</a>')).toBe('a("1\\n2\\n3\\r")');
    expect(tree("<a b='1\n2\t3&#10;'/>")).toBe('a b=1 2 3\n()');
  });
  test('a blank is kept in a text, and none is made around tags', () => {
    expect(tree(' <a > x <b\n/> </a\t>\n')).toBe('a(" x ",b()," ")');
  });
  test('names stand in the namespace that is nearest', () => {
    expect(tree('<a xmlns="u" x="1"><p:b xmlns:p="v" p:x="2"><c xmlns=""/></p:b><c/></a>')).toBe(
      '{u}a {http://www.w3.org/2000/xmlns/}xmlns=u x=1({v}b {http://www.w3.org/2000/xmlns/}p=v {v}x=2(c {http://www.w3.org/2000/xmlns/}xmlns=()),{u}c())',
    );
    expect(tree('<a xml:lang="en"/>')).toBe('a {http://www.w3.org/XML/1998/namespace}lang=en()');
  });
  test('a type is told by name and namespace', () => {
    const xsi = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"';
    expect(parseXml(`<a ${xsi} xmlns:p="u" i:type="p:T"/>`).type).toEqual({ name: 'T', ns: 'u' });
    expect(parseXml(`<a ${xsi} xmlns="d" i:type="T"/>`).type).toEqual({ name: 'T', ns: 'd' });
    expect(parseXml(`<a ${xsi} i:type="q:T"/>`).type).toEqual({ name: 'T', ns: '' });
    expect(parseXml(`<a ${xsi} i:type=""/>`).type).toBeUndefined();
    expect(parseXml('<a type="T"/>').type).toBeUndefined();
  });
  test.each(['constructor', '__proto__', 'prototype', 'hasOwnProperty', 'toString', 'cdata', 'text', 'é', 'a.b-c·1', '_'])(
    'an element or attribute may be called %s',
    (name) => {
      expect(tree(`<${name} ${name}="1"><${name}/><${name}>t</${name}></${name}>`)).toBe(`${name} ${name}=1(${name}(),${name}("t"))`);
    },
  );
  test('a text longer than the parser likes is whole, beside others as well', () => {
    const long = 'x&amp;'.repeat(1000);
    expect(parseXml(`<a>1<!-- -->${long}<!-- -->2<b>${long}</b>${long}</a>`).content).toEqual([
      `1${'x&'.repeat(1000)}2`,
      expect.objectContaining({ content: ['x&'.repeat(1000)] }),
      'x&'.repeat(1000),
    ]);
  });
});

describe('bytes', () => {
  const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');
  test('UTF-8 with or without a mark, UTF-16 that says so', () => {
    expect(shown(parseXml(Buffer.from('\ufeff<a>é</a>')))).toBe('a("é")');
    expect(shown(parseXml(utf16('<?xml version="1.0" encoding="utf-16"?><a>é</a>')))).toBe('a("é")');
  });
  test.each<[string, Uint8Array]>([
    ['UTF-16 without a declaration', utf16('<a>b</a>')],
    ['a declaration of Latin-1', Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a/>')],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e])],
    ['nothing', new Uint8Array()],
  ])('%s is refused', (_, bytes) => {
    expect(() => parseXml(bytes)).toThrow(DecodeError);
  });
});

describe('what .NET refuses is refused', () => {
  const documents = {
    'a document type': '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    'a processing instruction': '<a><?pi x?></a>',
    'a declaration that does not come first': ' <?xml version="1.0"?><a/>',
    'a declaration without version': '<?xml encoding="utf-8"?><a/>',
    'a declaration of another version': '<?xml version="1.1"?><a/>',
    'a declaration with something else': '<?xml version="1.0" lang="en"?><a/>',
    'standalone that is neither yes nor no': '<?xml version="1.0" standalone="maybe"?><a/>',
    'no element': ' <!-- x --> ',
    'text before the root': 'x<a/>',
    'text after the root': '<a></a>x',
    'a section after the root': '<a/><![CDATA[]]>',
    'two roots': '<a/><b/>',
    'an end without a start': '<a/></a>',
    'an end of another name': '<a><b></a></b>',
    'a name in another case': '<a></A>',
    'an element that is not closed': '<a><b></b>',
    'a tag that is not closed': '<a',
    'a section that is not closed': '<a><![CDATA[x</a>',
    'a comment that is not closed': '<a><!-- x</a>',
    'a line break in a name': '<a\u2028b/>',
    'a line break before a name': '<\na/>',
    'a vertical tab after a name': '<a\v></a>',
    'a name that begins with a digit': '<a><1b/></a>',
    'a local name that begins with a digit': '<a xmlns:p="u"><p:1b/></a>',
    'a name that begins with a colon': '<:a/>',
    'a name with two colons': '<a xmlns:p="u"><p:b:c/></a>',
    'a name that ends with a colon': '<a xmlns:p="u"><p:/></a>',
    'a name with a $': '<a$/>',
    'an attribute without a value': '<a b/>',
    'an attribute without quotes': '<a b=1/>',
    'an attribute with other quotes at its end': `<a b="1'/>`,
    'an attribute with < in it': '<a b="<"/>',
    'an attribute whose name begins with a digit': '<a 1b="1"/>',
    'no blank between attributes': '<a b="1"c="2"/>',
    'an attribute twice': '<a b="1" b="2"/>',
    'an attribute twice by its namespace': '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    'a namespace twice': '<a xmlns="u" xmlns="u"/>',
    'an attribute in an end tag': '<a></a b="1">',
    'a slash in an end tag': '<a></a/>',
    'a slash that is not at the end': '<a / ></a>',
    'a prefix that nobody declared': '<p:a/>',
    'a prefix of an attribute that nobody declared': '<a p:b="1"/>',
    'a prefix whose element is closed': '<a><b xmlns:p="u"/><p:c/></a>',
    'a prefix of no namespace': '<a xmlns:p=""/>',
    'an unknown entity': '<a>&nbsp;</a>',
    'an entity of a JavaScript object': '<a>&constructor;</a>',
    'an ampersand alone': '<a>1 & 2</a>',
    'an ampersand alone in a long text': `<a>${'x'.repeat(2000)} & 2</a>`,
    'an ampersand alone in an attribute': '<a b="1 & 2"/>',
    'a character beyond Unicode': '<a>&#x110000;</a>',
    'a control character': '<a>\u0001</a>',
    'a control character in an attribute': '<a b="\u0001"/>',
    'a control character in a comment': '<a><!--\u0001--></a>',
    'a character that is none': '<a>\uffff</a>',
    ']]> in a text': '<a>]]></a>',
    '-- in a comment': '<a><!-- a -- b --></a>',
    'a comment that ends with ---': '<a><!-- a ---></a>',
    'an unknown markup': '<a><!ELEMENT x></a>',
  };
  test.each(Object.entries(documents))('%s', (_, document) => {
    expect(() => parseXml(document)).toThrow(DecodeError);
  });
  test('a fault is told with its place', () => {
    expect(() => parseXml('<a>\n<b c=1/></a>')).toThrow(/Line 2, position 3\.$/);
  });
});

describe('what is wrong with a document is told with its place', () => {
  test.each([
    ['<a>\u0001</a>', 'A control character is not valid at this location.'],
    ['<a><!--\u0001--></a>', 'A control character is not valid at this location.'],
    ['<aa>', 'Unexpected end of file. Line 1, position 5.'],
    ['<a>\n<b>', 'Unexpected end of file. Line 2, position 4.'],
    ['<!-- -->', 'Unexpected end of file. Line 1, position 9.'],
    ['<a><!-- </a>', 'Unexpected end of file. Line 1, position 8.'],
    ['<a><![CDATA[ </a>', 'Unexpected end of file. Line 1, position 13.'],
    ['<a/>x', 'The data at the root level is invalid. Line 1, position 5.'],
    ['\nx\n<a/>', 'The data at the root level is invalid. Line 1, position 1.'],
    ['<a><!-- -- --></a>', "XML comments cannot contain '--' or end with '-'. Line 1, position 15."],
    ['<a><!-- ---></a>', "XML comments cannot contain '--' or end with '-'. Line 1, position 13."],
    ['<a><!x></a>', "The token '[CDATA[' was expected. Line 1, position 4."],
    ['<![CDATA[x]]><a/>', 'CData elements not valid at top level of an XML document. Line 1, position 3.'],
    ['<!DOCTYPE a><a/>', 'CData elements not valid at top level of an XML document. Line 1, position 3.'],
    ['<a/>\n\n <?php ?>', 'Processing instructions (other than the XML declaration) and DTDs are not supported. Line 3, position 2.'],
    [' <?xml version="1.0"?><a/>', 'No characters can appear before the XML declaration. Line 1, position 2.'],
    ['<?xml version="2.0"?><a/>', 'Malformed XML declaration. Line 1, position 1.'],
    ['<1/>', 'A name was expected after <, of letters, digits and _ . - with at most one colon. Line 1, position 1.'],
    ['<a b=c/>', "The token '>' was expected, or an attribute with a value in quotes. Line 1, position 3."],
    ['<a></a b="c">', "The token '>' was expected. Line 1, position 14."],
    ['<a></a/>', "The token '>' was expected. Line 1, position 9."],
    ['<a/><b/>', 'There are multiple root elements. Line 1, position 9.'],
    ['<a></a><b></b>', 'There are multiple root elements. Line 1, position 11.'],
  ])('%j: %s', (document, message) => {
    expect(() => parseXml(document)).toThrow(message);
  });
});

test('of a long text too each line break is one character', () => {
  for (const length of [998, 999, 1000, 5000]) {
    const text = `1\r\n2\r${'x'.repeat(length - 5)}`;
    expect(tree(`<a><b>${text}</b>${text}</a>`)).toBe(
      `a(b(${JSON.stringify(`1\n2\n${'x'.repeat(length - 5)}`)}),${JSON.stringify(`1\n2\n${'x'.repeat(length - 5)}`)})`,
    );
  }
});

describe('a long document', () => {
  const LEVELS = 30;
  const around = (inner: string): string => {
    const names = Array.from({ length: LEVELS }, (_, level) => `l${level}`);
    return (
      names.map((name) => `<${name}>`).join('') +
      inner +
      names
        .map((name) => `<after/></${name}>`)
        .reverse()
        .join('')
    );
  };
  const items = (count: number): string => Array.from({ length: count }, (_, i) => `<i n="${i}">${i}<b/><![CDATA[<]]></i>\n`).join('');

  test('is given to the parser in parts, and its tree is that of the whole', () => {
    const parse = vi.spyOn(XMLParser.prototype, 'parse');
    const document = around(items(20_000));
    let current = parseXml(document);
    expect(Math.max(...parse.mock.calls.map(([text]) => text.length))).toBeLessThan(70_000);
    parse.mockRestore();
    for (let level = 0; level < LEVELS - 1; level++) {
      expect([current.name, current.content.length, current.content[1]]).toEqual([
        `l${level}`,
        2,
        expect.objectContaining({ name: 'after' }),
      ]);
      current = current.content[0] as XmlElement;
    }
    const [last, ...found] = current.content.filter((node) => typeof node !== 'string').reverse();
    expect([last?.name, current.content.length]).toEqual(['after', 2 * 20_000 + 1]);
    const told = found.reverse().map(({ attributes, content }) => [attributes[0]?.value, content[0], content[2]].join(' '));
    expect(told).toEqual(Array.from({ length: 20_000 }, (_, i) => `${i} ${i} <`));
  });

  /** What the parser gets for a document, and the document's tags as its tree says them. */
  function parsedInParts(document: string): {
    readonly lengths: readonly number[];
    /** How many elements of a part stand in each other. */
    readonly steepest: readonly number[];
    readonly tags: string;
  } {
    const parse = vi.spyOn(XMLParser.prototype, 'parse');
    const left: (XmlElement | string)[] = [parseXml(document)];
    const lengths = parse.mock.calls.map(([text]) => text.length);
    const steepest = parse.mock.calls.map(([text]) => levelsOf(text as string));
    parse.mockRestore();
    const tags: string[] = [];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      tags.push(typeof next === 'string' ? next : `<${next.name}>`);
      if (typeof next !== 'string') left.push(`</${next.name}>`, ...next.content.toReversed());
    }
    return { lengths, steepest, tags: tags.join('') };
  }
  function levelsOf(text: string): number {
    let [level, most] = [0, 0];
    for (const [, slash] of text.matchAll(/<(\/?)\w/g)) {
      level += slash === '' ? 1 : -1;
      most = Math.max(most, level);
    }
    return most;
  }
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

  test.each([
    ['2,500 levels with many elements in the innermost', '<a>'.repeat(2500) + '<b></b>'.repeat(50_000) + '</a>'.repeat(2500)],
    ['80,000 levels', '<a>'.repeat(80_000) + '</a>'.repeat(80_000)],
    ['10,000 levels, each between others', '<a><b></b>'.repeat(10_000) + '<c></c></a>'.repeat(10_000)],
    ['long names at depth', `<${'n'.repeat(20)}>`.repeat(20_000) + `</${'n'.repeat(20)}>`.repeat(20_000)],
    ['many sections', `<a>${'<![CDATA[12345678]]>'.repeat(20_000)}</a>`, `<a>${'12345678'.repeat(20_000)}</a>`],
    ['many comments', `<a>${'<!--1-->'.repeat(50_000)}<b></b></a>`, '<a><b></b></a>'],
  ])('has short parts, with no more in them than it says twice: %s', (_, document, said = document) => {
    const { lengths, steepest, tags } = parsedInParts(document);
    expect(tags === said).toBe(true);
    expect(Math.max(...lengths)).toBeLessThan(3 * 65_536);
    expect(Math.max(...steepest)).toBeLessThan(8000);
    expect(sum(lengths)).toBeLessThan(2 * document.length + 20 * lengths.length);
  });

  test('has no more in its parts than it says twice, however long the names are that are open', () => {
    const names = Array.from({ length: 60 }, (_, i) => `${'n'.repeat(1500)}${i}`);
    const starts = names.map((name) => `<${name}>`).join('');
    const ends = names.map((name) => `</${name}>`).reverse();
    const document = `${starts}${'<a></a>'.repeat(20_000)}${ends.join('')}`;
    const { lengths, tags } = parsedInParts(document);
    expect(tags === document).toBe(true);
    expect(sum(lengths)).toBeLessThan(2 * document.length);
  });

  test('of an element with very many attributes is read in turns, and has them all', () => {
    const list = Array.from({ length: 50_000 }, (_, i) => ` a${i}="${i}"`).join('');
    const reading = parsingXml(`<a><b${list}/></a>`);
    let turns = 0;
    let next = reading.next();
    for (; !next.done; next = reading.next()) turns++;
    expect(turns).toBeGreaterThan(100);
    const { attributes } = next.value.content[0] as XmlElement;
    expect(attributes.map(({ name, value }) => ` ${name}="${value}"`).join('')).toBe(list);
  });

  test('has the same elements in whatever way it climbs and falls', () => {
    const leg = fc.record({ up: fc.nat(9000), beside: fc.nat(3000), down: fc.nat(9000) });
    fc.assert(
      fc.property(fc.array(leg, { minLength: 2, maxLength: 12 }), (legs) => {
        const open: string[] = ['root'];
        let document = '<root>';
        for (const [i, { up, beside, down }] of legs.entries()) {
          for (let level = 0; level < up; level++) open.push(`n${i}-${level % 7}`);
          document += open
            .slice(open.length - up)
            .map((name) => `<${name}>`)
            .join('');
          document += `<b></b>text`.repeat(beside);
          for (let level = 0; level < down && open.length > 1; level++) document += `</${open.pop()}>`;
        }
        while (open.length > 0) document += `</${open.pop()}>`;
        return parsedInParts(document).tags === document;
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  test.each([
    ['</i><l29>', "Expected closing tag 'l29'"],
    ['<i></j>', "Expected closing tag 'i'"],
    ['&nothing;', 'Character reference not valid'],
  ])('is refused for what is wrong near its end: %s', (wrong, message) => {
    expect(() => parseXml(around(items(20_000) + wrong))).toThrow(message);
  });
});
