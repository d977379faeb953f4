/** HTML that cannot forget to escape: a tagged template whose values are text unless they are themselves HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = Html | string | number | readonly HtmlValue[] | undefined | false;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const write = (value: HtmlValue): string => {
  if (value instanceof Html) return value.text;
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(write).join('');
  return String(value).replace(/[&<>"]/g, (character) => ESCAPES[character] as string);
};

/**
 * @example
 * html`<a href="${address}">${name}</a>`
 */
export const html = (literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html =>
  new Html(String.raw({ raw: literals }, ...values.map(write)));

/** Text between tags with its quotation marks as they are, so that a sample reads the same in the source of the page. */
export const verbatim = (text: string): Html => new Html(text.replace(/[&<>]/g, (character) => ESCAPES[character] as string));
