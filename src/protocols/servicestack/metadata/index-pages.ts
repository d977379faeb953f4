/** The pages that lead to others: all operations, all files of types. */
import type { Inbound } from '../../../http/message.ts';
import { asksForCaller, baseOf, type ServiceHost, verbsOf } from '../service-host.ts';
import { LANGUAGES } from './type-files.ts';
import { WIRE_FORMATS } from './operation-page.ts';
import { html, page, scrolling, tabs } from '../answer/page.ts';

export function metadataPage(host: ServiceHost, inbound: Inbound): string {
  const { service, settings } = host;
  const base = baseOf(inbound, host);
  const cards = Object.values(host.operations).map((operation) => {
    const asks = asksForCaller(operation, settings);
    const callers = !asks ? 'anybody' : operation.anyRole.length === 0 ? 'any user' : operation.anyRole.join(', ');
    return html`<li><h2><a href="${base}/json/metadata?op=${operation.name}">${operation.name}</a></h2>
<p>${operation.doc} <span class="soft">For ${callers}.</span></p>
<p><code>${verbsOf(operation)} ${operation.path}</code></p>
${tabs(
  `${operation.name} by format`,
  WIRE_FORMATS.map((format) => ({ href: `${base}/${format}/metadata?op=${operation.name}`, text: format.toUpperCase(), isCurrent: false })),
)}</li>\n`;
  });
  const body = html`
<h1>${service.title}</h1>
<p class="lead">A double of the service at ${service.host}. The following operations are available.</p>
<ul class="cards">${cards}</ul>
<p>For generated clients: <a href="${base}/types">types in the languages of clients</a>, <a href="${base}/types/metadata.json">types as data</a>, <a href="${base}/operations/metadata">operations as data</a>.</p>`;
  return page({ title: service.title, service: service.title, base, body });
}

export function typesPage(host: ServiceHost, inbound: Inbound): string {
  const { service } = host;
  const base = baseOf(inbound, host);
  const body = html`
<p class="trail"><a href="${base}/metadata">All operations</a></p>
<h1>Types</h1>
<p class="lead">Every message of ${service.title}, for clients that are generated.</p>
${scrolling(
  'Types',
  html`<table><thead><tr><th scope="col">Language</th><th scope="col">All operations</th><th scope="col">One operation</th></tr></thead><tbody>${Object.entries(
    LANGUAGES,
  ).map(
    ([name, { title }]) => html`<tr><th scope="row">${title}</th><td><a href="${base}/types/${name}">${base}/types/${name}</a></td>
<td>${Object.values(host.operations).map((operation) => html`<a href="${base}/types/${name}?IncludeTypes=${operation.name}.*">${operation.name}</a> `)}</td></tr>\n`,
  )}<tr><th scope="row">Data</th><td><a href="${base}/types/metadata.json">${base}/types/metadata.json</a></td><td></td></tr></tbody></table>`,
)}`;
  return page({ title: `Types · ${service.title}`, service: service.title, base, body });
}
