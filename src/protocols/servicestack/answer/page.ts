/** The frame of every page: heading, links, one inlined stylesheet, nothing from elsewhere; and no page of another site can hold it. */
import { html as template, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Reply } from '../../../http/message.ts';
import { STYLE } from './style.ts';

export type Html = HtmlEscapedString;
export type HtmlValue = Html | string | number | readonly HtmlValue[] | undefined | false;

/**
 * hono's template, which escapes what it is given unless that is HTML itself, and answers at once as long as no value is a promise.
 *
 * @example
 * html`<a href="${address}">${name}</a>`
 */
export const html = template as (literals: TemplateStringsArray, ...values: readonly HtmlValue[]) => Html;

/** Text between tags with its quotation marks as they are, so that a sample reads the same in the source of the page. */
export const verbatim = (text: string): Html => raw(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));

export interface Page {
  readonly title: string;
  /** The service, for the bar at the top. */
  readonly service: string;
  /** `''` or `/api`, after the origin and the world that the caller chose. */
  readonly base: string;
  readonly body: Html;
  /** Rules that only this page needs. */
  readonly style?: string;
}

export const page = ({ title, service, base, body, style = '' }: Page): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE + style)}</style>
</head>
<body>
<header class="top"><div>
<b><a href="${base}/metadata">${service}</a></b>
<nav aria-label="Service"><a href="${base}/metadata">Operations</a><a href="${base}/types">Types</a><a href="${base}/login">Sign in</a></nav>
</div></header>
<main>
${body}
</main>
<footer>Drawn from the contract by contacts-mock. A double: no real service answers here.</footer>
</body>
</html>
`.toString();

/** Links side by side, the current one marked. */
export const tabs = (label: string, links: readonly { href: string; text: string; isCurrent: boolean }[]): Html =>
  html`<nav class="tabs" aria-label="${label}">${links.map(
    ({ href, text, isCurrent }) => html`<a href="${href}"${isCurrent ? html` aria-current="page"` : ''}>${text}</a>`,
  )}</nav>`;

/** A table that scrolls by itself where the window is narrow. */
export const scrolling = (label: string, table: HtmlValue): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

/** Headers of a page; the content type is as the framework spells it. */
export const pageHeaders = (contentType = 'text/html; charset=utf-8'): Record<string, string> => ({
  'Content-Type': contentType,
  'Content-Security-Policy': "frame-ancestors 'none'",
});

export const pageReply = (text: string, contentType?: string): Reply => ({ status: 200, headers: pageHeaders(contentType), body: text });
