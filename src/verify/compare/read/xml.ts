/** XML by the tree that the mock reads requests with; nil is nothing, and no text stands between elements. */
import { INSTANCE, parseXml, type XmlElement, XmlError } from '../../../wire/xml/tree.ts';
import { NULL, type ParsedMember, type ParsedValue, Unreadable } from '../parsed-value.ts';

/** The root element. @throws Unreadable where the text is not valid XML. */
export function readXml(text: string): ParsedMember {
  try {
    return member(parseXml(text));
  } catch (error) {
    throw error instanceof XmlError ? new Unreadable(`not valid XML: ${error.message}`) : error;
  }
}

const member = (element: XmlElement): ParsedMember => ({
  name: element.name,
  ns: element.ns,
  value: isNil(element) ? NULL : elementOf(element),
});

const isNil = ({ attributes }: XmlElement): boolean =>
  attributes.some(({ name, ns, value }) => name === 'nil' && ns === INSTANCE && (value === 'true' || value === '1'));

function elementOf({ content }: XmlElement): ParsedValue {
  const children = content.filter((part) => typeof part !== 'string').map(member);
  const text = content.filter((part) => typeof part === 'string').join('');
  if (children.length > 0 && text.trim() !== '') throw new Unreadable(`text between elements: ${JSON.stringify(text.trim().slice(0, 20))}`);
  return { is: 'element', text: children.length > 0 ? '' : text, children };
}
