/** Holds one answer against what its operation promises: status, content type, envelope, and then every member. */
import type { Dto, Member } from '../../contract/dto.ts';
import type { ExchangeResponse } from '../exchange.ts';
import type { AnswerFormat } from './answer-format.ts';
import { Comparison, type Strictness } from './comparison.ts';
import { Differences } from './finding.ts';
import { type ParsedMember, type ParsedValue, Unreadable } from './parsed-value.ts';
import type { RecordValue } from './record-value.ts';

export interface Expectation {
  readonly status: number;
  /** Undefined: no body. */
  readonly body: ExpectedBody | undefined;
}

export interface ExpectedBody extends Strictness {
  readonly format: AnswerFormat;
  /** Messages of which the body is one; the one that fits best is compared. */
  readonly dtos: readonly [Dto, ...Dto[]];
  /** A member that the answer is about, as against one that says how it went. */
  isContent(member: Member): boolean;
}

/** An answer that was compared: its differences so far, and what could be read of it. */
export interface Compared {
  readonly differences: Differences;
  readonly parsed: ParsedMember | undefined;
  readonly record: RecordValue | undefined;
}

/** A record as an answer shows it. */
export interface ShownRecord {
  /** The same in every answer that shows the record. */
  readonly key: string;
  readonly dto: Dto;
  readonly record: RecordValue;
  /** Where it stands in the answer. */
  readonly path: string;
}

/** What was compared, and as what. */
export interface ComparedCall extends Compared {
  /** `logisense.Contact.get` */
  readonly operation: string;
  /** `GET /Contact/{id}`, with the format where there are several. */
  readonly name: string;
  /** As it was sent: `GET /Contact/1`. */
  readonly call: string;
  /** The records that the answer shows, for those who compare answers with each other. */
  readonly shown?: readonly ShownRecord[];
  /** The key of a record that the answer says is not there. */
  readonly missing?: string;
}

export function compareAnswer(response: ExchangeResponse, expected: Expectation): Compared {
  const differences = new Differences();
  const nothing: Compared = { differences, record: undefined, parsed: undefined };
  const { status, headers, body: bytes, failure } = response;
  if (status !== expected.status) differences.add('status', 'status', String(expected.status), statusText(response));
  // An answer of another kind has another body.
  if (status < 200 || isError(status) !== isError(expected.status) || (status >= 300 && status < 400)) return nothing;
  const { body } = expected;
  if (body === undefined) {
    if (bytes !== undefined && bytes.length > 0) differences.add('body', 'unexpected', 'no body', `${bytes.length} bytes`);
    return nothing;
  }
  const { format, dtos } = body;
  const wanted = `a ${dtos[0].name} in ${format.name}`;
  compareContentType(headers['content-type'], format, differences);
  if (bytes === undefined && failure === undefined) return nothing;
  const parsed = failure ?? parse(bytes as Uint8Array, format, dtos);
  if (typeof parsed === 'string') {
    differences.add('body', 'envelope', wanted, parsed);
    return nothing;
  }
  const dto = fitting(dtos, parsed, format);
  return { differences, parsed, record: new Comparison(format, differences, body).root(dto, parsed, (member) => body.isContent(member)) };
}

export const isError = (status: number): boolean => status >= 400;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The text of a body; undefined where it is not valid UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The answer, or why it cannot be read; whatever a parser stumbles over is the answer's fault. */
function parse(bytes: Uint8Array, format: AnswerFormat, dtos: readonly Dto[]): ParsedMember | string {
  const text = textOf(bytes);
  if (text === undefined) return 'bytes that are not valid UTF-8';
  if (text === '') return 'nothing';
  try {
    return format.read(text, dtos);
  } catch (error) {
    if (error instanceof RangeError) return `${format.name} that is nested too deeply to be read`;
    return error instanceof Unreadable ? error.message : `not valid ${format.name}: ${(error as Error).message}`;
  }
}

function statusText({ status, headers, body, failure }: ExchangeResponse): string {
  if (status === 0) return failure ?? 'no answer';
  if (headers['location'] !== undefined) return `${status} to ${headers['location']}`;
  const words = body === undefined ? '' : new TextDecoder().decode(body.subarray(0, 400)).replace(/\s+/g, ' ').trim().slice(0, 120);
  return words === '' ? String(status) : `${status}: ${words}`;
}

/** The media type counts; a charset may be there as long as it is UTF-8. */
function compareContentType(found: string | undefined, { mediaType }: AnswerFormat, differences: Differences): void {
  const [type = '', ...parameters] = (found ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isUtf8 = parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
  if (type !== mediaType || !isUtf8) differences.add('Content-Type', 'content type', mediaType, found ?? 'nothing');
}

/** The message with the fewest members that it does not know, then the one that misses the fewest; the first among equals. */
function fitting(dtos: readonly [Dto, ...Dto[]], root: ParsedMember, format: AnswerFormat): Dto {
  if (dtos.length === 1) return dtos[0];
  const distances = dtos.map((dto) => {
    if (format.isOrdered) return root.name === dto.name ? 0 : 1;
    const missing = dto.members.filter(({ name }) => !root.value.children.some((child) => child.name === name)).length;
    return strangersIn(dto, root.value) + missing / MAX_MEMBERS;
  });
  return dtos[distances.indexOf(Math.min(...distances))] as Dto;
}
const MAX_MEMBERS = 1000;

function strangersIn(dto: Dto, value: ParsedValue): number {
  return value.children.reduce((sum, child) => {
    const field = dto.member[child.name]?.field;
    if (field === undefined) return sum + 1;
    const inner = field.facts.of?.() ?? field.facts.item?.facts.of?.();
    const record = field.facts.type === 'list' ? child.value.children[0]?.value : child.value;
    return inner === undefined || record === undefined ? sum : sum + strangersIn(inner, record);
  }, 0);
}
