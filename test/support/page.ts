/** Reads the pages of the mock: texts and tables, as a reader sees them. */
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** Text without tags, white space as it is. */
export const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);

/** The rows of the table with this id or this place, header left out. */
export function tableOf(html: string, id: string): string[][] {
  const table = new RegExp(`<table id="${id}"[^>]*>(.*?)</table>`, 's').exec(html)?.[1];
  if (table === undefined) throw new Error(`the page has no table ${id}`);
  const body = /<tbody>(.*)<\/tbody>/s.exec(table)![1]!;
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<(?:th|td)[^>]*>(.*?)<\/(?:th|td)>/gs)].map(([, cell]) => textOf(cell!).trim()),
  );
}

/** The texts that can be copied, in order: bodies, code, command lines. */
export const bodiesOf = (html: string): string[] =>
  [...html.matchAll(/class="body">(.*?)<\/(?:span|code)>/gs)].map(([, text]) => textOf(text!));

export const linksOf = (html: string): string[] => [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => textOf(href!));
