/** Which operation of a ServiceStack API a request asks for, and in which format (servicestack.md §1.1, §6). */
import type { FieldType } from '../../contract/field.ts';
import type { Method } from '../../contract/operation.ts';
import type { ServiceOperation } from '../../protocols/servicestack/operation.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import { type ExchangeRequest, pathOf, queryOf } from '../exchange.ts';
import { operationAt } from '../route.ts';
import type { ServiceFormats } from './formats.ts';

export interface ServiceCall {
  readonly operation: ServiceOperation;
  /** Undefined where the service decides: no format that carries a message was asked for. */
  readonly format: AnswerFormat | undefined;
  /** The values in the path are what their members take. */
  readonly isReadable: boolean;
}

const has = <K extends string>(record: Readonly<Record<K, unknown>>, name: string): name is K => Object.hasOwn(record, name);
/** They change how a message is written. */
const REWRITING = ['callback', 'jsconfig', 'debug'];

/** Undefined for what is no operation, and for answers that are no plain message: JSONP, batches, pages for people. */
export function serviceCall(
  { method, target, headers }: ExchangeRequest,
  operations: Readonly<Record<string, ServiceOperation>>,
  formats: ServiceFormats,
): ServiceCall | undefined {
  const query = queryOf(target);
  // A browser asks before it calls; the answer is the host's.
  if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) return undefined;
  if (REWRITING.some((name) => query.has(name))) return undefined;
  const { path, suffix } = withoutSuffix(pathOf(target), formats);
  const asked = suffix ?? query.get('format')?.toLowerCase();
  const own = operationAt(operations, method, path);
  const predefined = own === undefined ? predefinedAt(path, operations) : undefined;
  const operation = own?.operation ?? predefined?.operation;
  if (operation === undefined || !operation.methods.includes(method as Method)) return undefined;
  const name = asked ?? predefined?.format;
  if (name === 'html') return undefined;
  const isReadable = Object.entries(own?.values ?? {}).every(([member, value]) => isValueOf(operation, member, value));
  const format = name !== undefined && has(formats, name) ? formats[name] : accepted(headers['accept'] ?? '', formats);
  return { operation, format, isReadable };
}

/** As the framework reads values in a path (servicestack.md §2.3). */
const VALUES: Partial<Record<FieldType, RegExp>> = {
  int: /^\s*-?\d+\s*$/,
  long: /^\s*-?\d+\s*$/,
  guid: /^[{(]?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}[)}]?$/i,
};
const isValueOf = ({ request }: ServiceOperation, member: string, value: string): boolean =>
  VALUES[request.member[member]?.field.facts.type ?? 'string']?.test(value) !== false;

function withoutSuffix(path: string, formats: ServiceFormats): { path: string; suffix?: string } {
  const [, stem, suffix] = /^(.*[^/.][^/]*)\.([a-z]+)$/.exec(path) ?? [];
  return stem !== undefined && suffix !== undefined && (suffix === 'html' || has(formats, suffix)) ? { path: stem, suffix } : { path };
}

/** `/json/reply/Name`, `/api/Name`, wherever the service is mounted. */
function predefinedAt(path: string, operations: Readonly<Record<string, ServiceOperation>>) {
  const [, format, name] = /\/(?:([a-z]+)\/(?:reply|oneway)|api)\/(\w+)\/?$/i.exec(path) ?? [];
  const operation = Object.values(operations).find((candidate) => candidate.name.toLowerCase() === name?.toLowerCase());
  return operation && { operation, format: format?.toLowerCase() ?? 'json' };
}

/** The only format that an Accept header names; undefined where it leaves a choice, since hosts differ in how they read it. */
function accepted(accept: string, formats: ServiceFormats): AnswerFormat | undefined {
  const types = accept.split(',').map((type) => (type.split(';', 1)[0] ?? '').trim().toLowerCase());
  if (types.includes('text/html')) return undefined;
  const named = Object.values(formats).filter(({ mediaType }) => types.includes(mediaType));
  return named.length === 1 ? named[0] : undefined;
}
