/** The page of one operation in one format: what its document states, and samples that can be copied. */
import { memberTables, type MemberTable } from '../../../derive/metadata.ts';
import type { Inbound } from '../../../http/message.ts';
import type { World } from '../../../store/world.ts';
import { exampleOf } from '../example-routes.ts';
import { contentTypeOf, type Format, FORMATS, type WireFormat } from '../formats.ts';
import type { ServiceOperation } from '../operation.ts';
import { asksForCaller, baseOf, type ServiceHost, isLibraryType, sampleVerb, verbsOf } from '../service-host.ts';
import { LANGUAGES, type Language, readableTypes } from './type-files.ts';
import { type Html, html, page, scrolling, tabs, verbatim } from '../answer/page.ts';
import { type SampleBody, sampleBody } from './sample-body.ts';

export const WIRE_FORMATS = FORMATS.filter((format): format is WireFormat => format !== 'html');

export interface OperationPage {
  readonly operation: ServiceOperation;
  readonly format: WireFormat;
  /** Code in place of the tables. */
  readonly language: Language | undefined;
}

export function operationPage(wanted: OperationPage, host: ServiceHost, inbound: Inbound, world: World): string {
  const { operation, format, language } = wanted;
  const { service } = host;
  const base = baseOf(inbound, host);
  const address = (toFormat: WireFormat, toLanguage: Language | undefined): string =>
    `${base}/${toFormat}/metadata?op=${operation.name}${toLanguage === undefined ? '' : `&lang=${toLanguage}`}`;
  const tables = tablesOf(operation);
  const body = html`
<p class="trail"><a href="${base}/metadata">All operations</a></p>
<h1>${operation.name}</h1>
<p class="lead">${operation.doc}</p>
${badges(operation, host)}
${tabs(
  'Formats',
  WIRE_FORMATS.map((name) => ({ href: address(name, language), text: name.toUpperCase(), isCurrent: name === format })),
)}
<div class="columns"><div>
<h2 id="routes">Routes</h2>
${routes(operation)}
<h2 id="types">Members and types</h2>
${tabs('Languages', [
  { href: address(format, undefined), text: 'Tables', isCurrent: language === undefined },
  ...Object.entries(LANGUAGES).map(([name, { title }]) => ({
    href: address(format, name as Language),
    text: title,
    isCurrent: name === language,
  })),
])}
${language === undefined ? tables.map((table) => tableOf(table, tables)) : code(operation, language, host, base)}
<h2 id="sample">HTTP + ${format.toUpperCase()}</h2>
${samples(operation, format, host)}
<h2 id="try">Ask this mock</h2>
${attempt(operation, format, host, inbound, world)}
</div>
<aside class="contents"><nav aria-label="On this page"><b>On this page</b><ul>
<li><a href="#routes">Routes</a></li>
${language === undefined ? tables.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`) : html`<li><a href="#types">Types</a></li>`}
<li><a href="#sample">HTTP + ${format.toUpperCase()}</a></li>
<li><a href="#try">Ask this mock</a></li>
</ul></nav></aside>
</div>`;
  return page({ title: `${operation.name} (${format.toUpperCase()}) · ${service.title}`, service: service.title, base, body });
}

const tablesOf = (operation: ServiceOperation): MemberTable[] =>
  memberTables(
    {
      request: operation.request,
      path: operation.path,
      takesBody: operation.verbs === 'all' || operation.verbs.some((verb) => verb === 'POST' || verb === 'PUT'),
    },
    [operation.request, operation.response],
    isLibraryType,
  );

function badges(operation: ServiceOperation, { settings }: ServiceHost): Html {
  const asks = asksForCaller(operation, settings);
  if (!asks && !operation.isAuthenticated) return html``;
  return html`<ul class="badges">
<li>Requires Authentication${!asks && html` (not asked for here)`}</li>
${operation.anyRole.length > 0 && html`<li>Requires any of the roles: ${operation.anyRole.join(', ')}</li>`}
</ul>`;
}

const routes = (operation: ServiceOperation): Html =>
  scrolling(
    'Routes',
    html`<table><thead><tr><th scope="col">Verbs</th><th scope="col">Path</th></tr></thead>
<tbody><tr><td class="verbs">${verbsOf(operation)}</td><td class="name">${operation.path}</td></tr></tbody></table>`,
  );

function tableOf(table: MemberTable, all: readonly MemberTable[]): Html {
  if (table.kind === 'enumeration') {
    return scrolling(
      `${table.name} values`,
      html`<table id="${table.name}"><caption>${table.name} Enum</caption><thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
<tbody>${table.values.map((value, i) => html`<tr><th scope="row" class="name">${value}</th><td>${i}</td></tr>\n`)}</tbody></table>`,
    );
  }
  const linked = (type: string, refersTo: string | undefined): Html =>
    refersTo !== undefined && all.some(({ name }) => name === refersTo) ? html`<a href="#${refersTo}">${type}</a>` : html`${type}`;
  return scrolling(
    `${table.name} Parameters`,
    html`<table id="${table.name}"><caption>${table.name} Parameters <small>${table.doc}</small></caption>
<thead><tr><th scope="col">Name</th><th scope="col">Parameter</th><th scope="col">Data Type</th><th scope="col">Required</th><th scope="col">Description</th></tr></thead>
<tbody>${table.rows.map(
      (row) =>
        html`<tr><th scope="row" class="name">${row.name}</th><td>${row.place}</td><td class="name">${linked(row.type, row.refersTo)}</td><td>${row.isRequired ? 'Yes' : 'No'}</td><td class="doc">${row.doc}</td></tr>\n`,
    )}</tbody></table>`,
  );
}

function code(operation: ServiceOperation, language: Language, host: ServiceHost, base: string): Html {
  const { title } = LANGUAGES[language];
  return html`<pre tabindex="0"><code class="body">${verbatim(readableTypes(language, host, operation))}</code></pre>
<p><a href="${base}/types/${language}?IncludeTypes=${operation.name}.*">${title} ${operation.name} DTOs</a>, complete, for generated clients.</p>`;
}

function samples(operation: ServiceOperation, format: WireFormat, host: ServiceHost): Html {
  const type = contentTypeOf(format);
  const shown = (label: string, head: string, { text, spread }: SampleBody): Html => html`<h3>${label}</h3>
<pre${format !== 'xml' && html` class="wrap"`} tabindex="0"><code>${head}
Content-Type: ${type}
Content-Length: length

<span class="body">${verbatim(text.trimEnd())}</span></code></pre>
${
  spread !== undefined &&
  html`<details><summary>${label}, spread over lines</summary><pre tabindex="0"><code class="body">${verbatim(spread)}</code></pre></details>`
}`;
  return html`<p>The format is chosen by the Accept header, by the suffix <code>.${format}</code> or by <code>?format=${format}</code>${
    format === 'json' && html`; <code>?callback=myCallback</code> wraps the answer for JSONP`
  }. All values are placeholders.</p>
${shown(
  'Request',
  `${sampleVerb(operation)} ${operation.path} HTTP/1.1\nHost: ${host.service.host}\nAccept: ${type}`,
  sampleBody(operation.request, format, host),
)}
${shown('Response', 'HTTP/1.1 200 OK', sampleBody(operation.response, format, host))}`;
}

function attempt(operation: ServiceOperation, format: WireFormat, host: ServiceHost, inbound: Inbound, world: World): Html {
  const call = exampleOf(host.service, operation, 'GET', world).path;
  const authorization = asksForCaller(operation, host.settings) ? " -H 'Authorization: Bearer worker'" : '';
  const link = (name: Format): string => `${inbound.basePath}${call}${call.includes('?') ? '&' : '?'}format=${name}`;
  return html`<pre class="wrap" tabindex="0"><code class="body">curl '${verbatim(inbound.origin + call)}' -H 'Accept: ${contentTypeOf(format)}'${authorization}</code></pre>
<p>In the browser: <a href="${link('html')}">as a report</a>, <a href="${link(format)}">as ${format.toUpperCase()}</a>.</p>`;
}
