/** Makes elements: everything on the page comes from here, and text never becomes markup. */

export type Child = Node | string | number | null | undefined | false | readonly Child[];
// biome-ignore lint/suspicious/noExplicitAny: handlers and attributes of every element
type Props = Readonly<Record<string, any>>;

const isProps = (part: Child | Props): part is Props =>
  typeof part === 'object' && part !== null && !(part instanceof Node) && !Array.isArray(part);

/**
 * Properties become attributes (`label` is `aria-label`); handlers, and what changes while the page is used, are set on the
 * element itself.
 */
function fill<E extends Element>(element: E, parts: readonly (Child | Props)[]): E {
  for (const part of parts) {
    if (!isProps(part)) append(element, [part]);
    else
      for (const [name, value] of Object.entries(part)) {
        if (/^(on.*|value|checked|selected)$/.test(name)) Object.assign(element, { [name]: value });
        else if (value !== false && value !== undefined && value !== null)
          element.setAttribute(name === 'label' ? 'aria-label' : name, value === true ? '' : String(value));
      }
  }
  return element;
}

function append(parent: Element | DocumentFragment, children: readonly Child[]) {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child instanceof Node) parent.append(child);
    else if (child !== null && child !== undefined && child !== false) parent.append(String(child));
  }
}

/** `h('button.main', { onclick }, 'Send')` */
// biome-ignore lint/suspicious/noExplicitAny: the tag says which element it is
export function h(tag: string, ...parts: readonly (Child | Props)[]): any {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name as string);
  if (classes.length > 0) element.className = classes.join(' ');
  return fill(element, parts);
}

/** The same for drawings. */
export const svg = (tag: string, ...parts: readonly (Child | Props)[]): SVGElement =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement, parts);

export function show(element: Element, ...children: Child[]) {
  const fresh = document.createDocumentFragment();
  append(fresh, children);
  element.replaceChildren(fresh);
}

export const button = (text: string, onclick: () => unknown, props: Props = {}) => h('button', { type: 'button', onclick, ...props }, text);

/** A select; options are texts, or pairs of a value and a text. Where `props` are given, they name it in place of the label. */
export function select(
  label: string,
  options: readonly (string | readonly [string, string])[],
  chosen: string,
  onchange: (value: string) => unknown,
  props: Props = { label },
) {
  const items = options.map((option) => {
    const [value, text] = typeof option === 'string' ? [option, option] : option;
    return h('option', { value, selected: value === chosen }, text);
  });
  return h('select', props, { onchange: (event: Event) => onchange((event.target as HTMLSelectElement).value) }, items);
}

/** A labelled input. */
export const field = (label: string, input: Child) => h('label.field', h('span', label), input);

/** A region that scrolls sideways and can be reached by keyboard. */
const scrolled = (label: string, content: Node) => h('div.scroll', { tabindex: 0, role: 'region', label }, content);

/** A table; a row's first cell may be its heading. */
export const table = (label: string, heads: readonly Child[], rows: readonly Child[], tag = 'table') =>
  scrolled(
    label,
    h(
      tag,
      h(
        'thead',
        h(
          'tr',
          heads.map((head) => (head instanceof Node ? head : h('th', { scope: 'col' }, head))),
        ),
      ),
      h('tbody', rows),
    ),
  );

export const row = (...cells: readonly Child[]) =>
  h(
    'tr',
    cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : h('td', cell))),
  );

/** Names and what stands for them; those that are undefined are left out. */
export const facts = (tag: string, pairs: readonly (readonly [Child, Child])[]) =>
  h(
    tag,
    pairs.filter(([, value]) => value !== undefined).map(([name, value]) => h('div', h('dt', name), h('dd', value))),
  );

/** A part of a page under a heading of its own. */
export function card(title: string, ...children: readonly Child[]): HTMLElement {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return h('section.card', { 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

/** `10,000` */
export const digits = (count: number | null) => (count ?? 0).toLocaleString('en');
/** `1 record`, `2 records`. */
export const plural = (count: number, what: string) => `${digits(count)} ${what}${count === 1 ? '' : 's'}`;

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Nothing to do where something is not there to be shown. */
export const ignore = () => undefined;

/** A form that sends nothing by itself. */
export function form(tag: string, label: string, onSubmit: () => unknown, ...parts: readonly Child[]) {
  const onsubmit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  return h(tag, { label, onsubmit }, ...parts);
}

export const checkbox = (label: string, checked: boolean, onchange: (checked: boolean) => unknown) =>
  h(
    'label.check',
    h('input', { type: 'checkbox', checked, onchange: (event: Event) => onchange((event.target as HTMLInputElement).checked) }),
    label,
  );

export const code = (value: unknown) => h('code', typeof value === 'string' ? value : JSON.stringify(value));

/** Calls once the caller has been quiet for a while. */
export function debounced(wait: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
}
