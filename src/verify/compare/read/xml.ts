/** XML with every name resolved to its namespace; a document that a .NET reader would refuse is refused here. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { NULL, type ParsedValue, type ParsedMember, Unreadable } from '../parsed-value.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const CDATA = '#cdata';

type XmlNode = Readonly<Record<string, unknown>>;
type Prefixes = Readonly<Record<string, string>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The parser would let unknown entities pass, and decode some twice. */
const decode = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+);|#(\d+);|(\w+);)?/gi, (whole, hex?: string, digits?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (digits !== undefined) return String.fromCodePoint(Number(digits));
    const known = name === undefined ? undefined : ENTITIES[name];
    if (known === undefined) throw new Unreadable(`no XML: ${whole} is no entity`);
    return known;
  });

const nameOf = (node: XmlNode): string => Object.keys(node).find((key) => key !== ':@') as string;
const isText = (node: XmlNode): boolean => '#text' in node;

function resolve(name: string, prefixes: Prefixes, isAttribute: boolean): { name: string; ns: string } {
  const colon = name.indexOf(':');
  if (colon < 0) return { name, ns: isAttribute ? '' : (prefixes[''] ?? '') };
  const ns = prefixes[name.slice(0, colon)];
  if (ns === undefined) throw new Unreadable(`no XML: the prefix of ${name} is not declared`);
  return { name: name.slice(colon + 1), ns };
}

function element(node: XmlNode, inherited: Prefixes): ParsedMember {
  const tag = nameOf(node);
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>);
  const prefixes: Record<string, string> = { ...inherited };
  for (const [name, value] of attributes) {
    if (name === 'xmlns') prefixes[''] = decode(value);
    else if (name.startsWith('xmlns:')) prefixes[name.slice(6)] = decode(value);
  }
  const isNil = attributes
    .filter(([name]) => !name.startsWith('xmlns'))
    .some(([name, value]) => {
      const attribute = resolve(name, prefixes, true);
      return attribute.name === 'nil' && attribute.ns === XSI && (value === 'true' || value === '1');
    });
  return { ...resolve(tag, prefixes, false), value: isNil ? NULL : content(node[tag] as readonly XmlNode[], prefixes) };
}

function content(nodes: readonly XmlNode[], prefixes: Prefixes): ParsedValue {
  const children: ParsedMember[] = [];
  let text = '';
  for (const node of nodes) {
    if (isText(node)) text += decode(node['#text'] as string);
    else if (CDATA in node) text += (node[CDATA] as readonly XmlNode[]).map((part) => part['#text'] as string).join('');
    else children.push(element(node, prefixes));
  }
  if (children.length > 0 && text.trim() !== '') throw new Unreadable(`text between elements: ${JSON.stringify(text.trim().slice(0, 20))}`);
  return { is: 'element', text: children.length > 0 ? '' : text, children };
}

/** The root element. @throws Unreadable where the text is no XML. */
export function readXml(text: string): ParsedMember {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Unreadable(`no XML: ${valid.err.msg} (line ${valid.err.line})`);
  if (/<!DOCTYPE/i.test(text)) throw new Unreadable('a document type, which .NET readers refuse');
  const nodes = parser.parse(text) as readonly XmlNode[];
  const [root, ...others] = nodes.filter((node) => !isText(node));
  // The parser drops a text after the last tag.
  const isStray =
    text.slice(text.lastIndexOf('>') + 1).trim() !== '' || nodes.some((node) => isText(node) && (node['#text'] as string).trim() !== '');
  if (root === undefined || others.length > 0 || isStray) throw new Unreadable('no XML: one root element wanted');
  return element(root, {});
}
