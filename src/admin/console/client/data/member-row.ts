/** One member of a record: its name, its value where it can be changed, its type and its meaning. */
import type { EntityView, MemberView } from '../../../records/contract.ts';
import { button, h, select, show } from '../dom.ts';

/** What a cell shows of a value. */
export const textOf = (value: unknown) =>
  value === null || value === undefined ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);

const isJson = ({ type }: MemberView) => /^(object|list|map)$/.test(type);
/** The text of a value in its input, and back. What is not a number stays text, and the server says what is wrong with it. */
const written = (member: MemberView, value: unknown) =>
  value === null || value === undefined ? '' : isJson(member) ? JSON.stringify(value) : String(value);
function read(member: MemberView, text: string): unknown {
  const { type, isNullable, values } = member;
  if (text === '' && type !== 'string' && isNullable) return null;
  if (isJson(member)) return JSON.parse(text);
  if (type === 'bool') return text === 'true';
  const isNumber = /^(int|long|double)$/.test(type) || (values !== undefined && !values.includes(text));
  return isNumber && text.trim() !== '' && Number.isSafeInteger(Math.trunc(Number(text))) ? Number(text) : text;
}

/** `generated`: the value of the untouched world, where it was another; `save` throws where the value is refused. */
export function memberRow(
  member: MemberView,
  { key }: EntityView,
  value: unknown,
  generated: unknown,
  save: (value: unknown) => Promise<unknown>,
) {
  const { name, type, doc, isNullable, values, refersTo } = member;
  const isKey = name === key;
  const id = `member-${name}`;
  const wrong = h('p.wrong', { id: `${id}-wrong`, role: 'alert' });
  const put = async (next: () => unknown) => {
    try {
      const wanted = next();
      await save(wanted);
      input.value = written(member, wanted);
      show(wrong);
    } catch (error) {
      show(wrong, (error as Error).message);
      input.setAttribute('aria-invalid', 'true');
    }
  };
  const text = written(member, value);
  const choices = values ?? (type === 'bool' ? ['true', 'false'] : undefined);
  const isLong = text.length > 60 || isJson(member);
  const onchange = () => put(() => read(member, input.value));
  const about = { id, 'aria-describedby': `${id}-about ${id}-wrong` };
  const input: HTMLInputElement =
    choices === undefined
      ? h(isLong ? 'textarea' : 'input', about, {
          value: text,
          onchange,
          readonly: isKey,
          placeholder: value === null ? 'null' : '',
          spellcheck: false,
          rows: isLong && Math.min(8, Math.ceil(text.length / 60)),
          onkeydown: ({ key: pressed }: KeyboardEvent) => pressed === 'Enter' && !isLong && input.blur(),
        })
      : select('', [...(isNullable ? [['', 'null'] as const] : []), ...choices], text, onchange, about);
  return h(
    `div.member${generated === undefined ? '' : '.changed'}`,
    h('label', { for: id }, name),
    h(
      'div.value',
      input,
      type === 'string' &&
        !isKey &&
        button('200', () => put(() => 'x'.repeat(200)), { title: '200 characters', label: `Put 200 characters into ${name}` }),
      isNullable && !isKey && value !== null && button('null', () => put(() => null), { label: `Set ${name} to null` }),
    ),
    h(
      'p.about',
      { id: `${id}-about` },
      h('code', type, isNullable && ' or null'),
      generated !== undefined && ` · generated: ${textOf(generated)}`,
      refersTo !== undefined && [' → ', h('a', { href: `#/data/${refersTo}` }, refersTo)],
      doc !== '' && ` · ${doc}`,
    ),
    wrong,
  );
}
