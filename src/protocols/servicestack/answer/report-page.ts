/** The answer to a browser: a message as nested tables, with links to the other formats of the same address. */
import type { Dto, Member } from '../../../contract/dto.ts';
import { everyScalar, type Field, type FieldType } from '../../../contract/field.ts';
import type { Inbound } from '../../../http/message.ts';
import { isoTime } from '../../../store/clock.ts';
import { baseOf, type ServiceHost } from '../service-host.ts';
import { WIRE_FORMATS } from '../metadata/operation-page.ts';
import { type Html, html, page } from './page.ts';

const REPORT_STYLE = `
.top > div, main, footer { max-width: none; }
.report { overflow-x: auto; }
.report table { width: auto; min-width: 14rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; border-collapse: separate; border-spacing: 0; font-size: .88rem; }
.report th, .report td { vertical-align: top; padding: .3rem .75rem; max-width: 40rem; overflow-wrap: break-word; }
.report td:has(> table, > details) { max-width: none; }
.report tr:first-child > th, .report tr:first-child > td { border-top: 0; }
.report thead th { position: sticky; top: 0; border-top: 0; }
.report tbody > tr > th { color: var(--soft); font-weight: 500; white-space: nowrap; }
.report .records > tbody > tr > th { text-align: right; font-variant-numeric: tabular-nums; }
.report .records > tbody > tr:nth-child(even) > * { background: var(--tint); }
.report td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.report td.fixed { font-family: var(--mono); font-size: .9em; white-space: nowrap; }
.report details { margin: 0; } .report summary { padding: 0; font-size: 1em; white-space: nowrap; } .report details table { margin: .35rem 0; }
.report .short { white-space: nowrap; } .report .long { min-width: 20rem; }
.report .none { color: var(--soft); }
.report section { margin: 1.5rem 0; }
.report section > h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
.report h2 small { font-weight: 400; color: var(--soft); }
`;

export interface Report {
  /** Of the operation; the request's name. */
  readonly name: string;
  readonly dto: Dto;
  readonly value: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970 on the world's clock. */
  readonly now: number;
  readonly isError: boolean;
}

/** How a scalar is set. */
const CLASSES: { readonly [K in FieldType]?: string } = {
  int: 'number',
  long: 'number',
  decimal: 'number',
  double: 'number',
  guid: 'fixed',
  dateTime: 'fixed',
};

const NONE = html`<span class="none">–</span>`;
type Show = (value: never, field: Field) => Html;
const scalar: Show = (value) => html`${String(value)}`;
const SHOW: Record<FieldType, Show> = {
  ...everyScalar(scalar),
  string: (value: string) => (/^https?:\/\/\S+$/.test(value) ? html`<a href="${value}" rel="noreferrer">${value}</a>` : html`${value}`),
  bool: (value: boolean) => html`${value ? 'true' : 'false'}`,
  dateTime: (value: string) => html`${value.replace('T', ' ')}`,
  object: (value: object, { facts }) => record(facts.of!(), value as Readonly<Record<string, unknown>>),
  list: (value: readonly unknown[], { facts }) => list(value, facts.item!),
  map: (value: Readonly<Record<string, string>>) =>
    html`<table><tbody>${Object.entries(value).map(([name, text]) => html`<tr><th scope="row">${name}</th><td>${text}</td></tr>`)}</tbody></table>`,
};

const shown = (value: unknown, field: Field): Html =>
  value === null || value === undefined ? NONE : SHOW[field.facts.type](value as never, field);

/** The value of a member: stored, or following from the others. */
const memberValue = ({ name, field }: Member, of: Readonly<Record<string, unknown>>): unknown => {
  const { compute } = field.facts;
  return compute === undefined ? of[name] : compute(of);
};

const record = (dto: Dto, value: Readonly<Record<string, unknown>>): Html =>
  html`<table><tbody>${dto.members.map(
    (member) =>
      html`<tr><th scope="row">${member.name}</th><td class="${CLASSES[member.field.facts.type] ?? ''}">${shown(memberValue(member, value), member.field)}</td></tr>\n`,
  )}</tbody></table>`;

function list(values: readonly unknown[], item: Field): Html {
  if (values.length === 0) return html`<span class="none">nothing</span>`;
  if (item.facts.type !== 'object') {
    return html`<table><tbody>${values.map((value) => html`<tr><td>${shown(value, item)}</td></tr>`)}</tbody></table>`;
  }
  const { members } = item.facts.of!();
  const rows = values.map((value, i) => {
    const of = (value ?? {}) as Readonly<Record<string, unknown>>;
    const cells = members.map((member) => {
      const cell = memberValue(member, of);
      return html`<td class="${CLASSES[member.field.facts.type] ?? ''}${widthOf(cell)}">${folded(cell, member.field)}</td>`;
    });
    return html`<tr><th scope="row">${i + 1}</th>${cells}</tr>\n`;
  });
  return html`<table class="records"><thead><tr><th scope="col">#</th>${members.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** Short texts stay on one line; long ones get room instead of making every row tall. */
const widthOf = (value: unknown): string => (typeof value !== 'string' ? '' : value.length > 48 ? ' long' : ' short');

/** In a row of many, a message within a message opens on demand; what it is called stands for it. */
function folded(value: unknown, field: Field): Html {
  const dto = field.facts.of?.();
  if (dto === undefined || value === null || value === undefined) return shown(value, field);
  const texts = dto.members
    .filter((member) => member.field.facts.type === 'string')
    .map((member) => memberValue(member, value as Readonly<Record<string, unknown>>));
  return html`<details><summary>${String(texts.find((text) => text !== null && text !== '') ?? dto.name)}</summary>${shown(value, field)}</details>`;
}

const isCompound = ({ field }: Member): boolean =>
  field.facts.type === 'list' || field.facts.type === 'object' || field.facts.type === 'map';

export function reportPage({ name, dto, value, now, isError }: Report, host: ServiceHost, inbound: Inbound): string {
  const base = baseOf(inbound, host);
  const date = isoTime(now).replace('T', ' ').slice(0, 19);
  const scalars = dto.members.filter((member) => !isCompound(member));
  const sections = dto.members
    .filter(isCompound)
    .filter((member) => memberValue(member, value) !== null && memberValue(member, value) !== undefined);
  const body = html`
<p class="trail"><a href="${base}/json/metadata?op=${name}">About ${name}</a></p>
<h1>${name}</h1>
<p class="lead">${isError ? 'Error' : 'Snapshot'} of ${date} UTC</p>
<nav class="tabs" aria-label="The same in other formats">${WIRE_FORMATS.map((format) => html`<a href="${inFormat(inbound, format)}">${format.toUpperCase()}</a>`)}</nav>
<div class="report" tabindex="0" role="region" aria-label="Answer">
${scalars.length > 0 && html`<table><tbody>${scalars.map((member) => html`<tr><th scope="row">${member.name}</th><td class="${CLASSES[member.field.facts.type] ?? ''}">${shown(memberValue(member, value), member.field)}</td></tr>`)}</tbody></table>`}
${sections.map((member) => section(member, memberValue(member, value)))}
</div>`;
  return page({ title: `${name} Snapshot of ${date}`, service: host.service.title, base, body, style: REPORT_STYLE });
}

function section({ name, field }: Member, value: unknown): Html {
  const count = Array.isArray(value) ? html` <small>${value.length}</small>` : '';
  return html`<section><h2>${name}${count}</h2>${shown(value, field)}</section>`;
}

/** The same address with another format asked for, instead of a suffix or a format that it has. */
export function inFormat(inbound: Inbound, format: string): string {
  const path = inbound.path.replace(/\.(?:html|json|xml|jsv|csv|jsonl)$/, '');
  const kept = inbound.query.split('&').filter((part) => part !== '' && !/^(?:format|callback)(?:=|$)/i.test(part));
  return `${inbound.basePath}${path}?${[...kept, `format=${format}`].join('&')}`;
}
