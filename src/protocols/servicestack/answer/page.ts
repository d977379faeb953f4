/** The frame of every page: heading, links, one inlined stylesheet, nothing from elsewhere. */
import { Html, type HtmlValue, html } from '../../../derive/html.ts';
import type { Reply } from '../../../http/message.ts';
import { STYLE } from './style.ts';

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
<style>${new Html(STYLE + style)}</style>
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
`.text;

/** Links side by side, the current one marked. */
export const tabs = (label: string, links: readonly { href: string; text: string; isCurrent: boolean }[]): Html =>
  html`<nav class="tabs" aria-label="${label}">${links.map(
    ({ href, text, isCurrent }) => html`<a href="${href}"${isCurrent ? html` aria-current="page"` : ''}>${text}</a>`,
  )}</nav>`;

/** A table that scrolls by itself where the window is narrow. */
export const scrolling = (label: string, table: HtmlValue): Html =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

export const htmlReply = (text: string, status = 200): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: text,
});
