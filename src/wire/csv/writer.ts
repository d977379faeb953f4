/** CSV as ServiceStack.Text writes it: a line of names and a line for each row, cells in JSV (servicestack.md §3.3). */
import type { Dto, Member } from '../../contract/dto.ts';
import { everyScalar, type FieldType } from '../../contract/field.ts';
import { CLR } from '../values/clr.ts';
import { jsv } from '../jsv/writer.ts';
import { compiled, derivedFirst, settingsFor, isDefault, listOfRows, memberReader, fallbackValue, type WriterSettings } from '../writer.ts';

const QUOTED = /^[[{]|["\r\n,]/;
/** A text within a quoted cell, as every list is. */
export const withinCell = (text: string): string => text.replaceAll('"', '""');
/** A cell, quoted where CSV needs it or where it would look like JSV. */
export const cell = (text: string): string => (QUOTED.test(text) ? `"${withinCell(text)}"` : text);

type CellOf = (value: unknown) => string;
type CompileCell = (member: Member, settings: WriterSettings) => CellOf;

const text: CellOf = (value) => cell(value as string);
const scalar: CompileCell = ({ field, owner }, { profile }) => {
  // Values are boxed here, so a nullable Guid is written as any other, a zero one too (recording encode/canvara/request-csv).
  const write = CLR[field.facts.type].jsv(field, { ...profile, nullableGuid: profile.guid }, owner) as CellOf;
  return (value) => cell(write(value));
};
const compound: CompileCell = (member, settings) => {
  const write = jsv.value(member, settings) as CellOf;
  return (value) => cell(write(value));
};

const CELLS: Record<FieldType, CompileCell> = {
  ...everyScalar(scalar),
  string: () => text,
  object: compound,
  list: compound,
  map: compound,
};

interface Column {
  readonly name: string;
  readonly read: (record: object) => unknown;
  readonly write: CellOf;
  readonly nothing: string;
  readonly isDefault: (value: unknown) => boolean;
}

/** The columns of a DTO: all its members, own ones first. */
const columnsOf = compiled((dto, outer): readonly Column[] => {
  const settings = settingsFor(dto, outer);
  return derivedFirst(dto).map((member) => {
    const write = CELLS[member.field.facts.type](member, settings);
    const fallback = fallbackValue(member.field, settings.nulls);
    return {
      name: member.name,
      read: memberReader(member),
      write,
      nothing: fallback === undefined ? '' : write(fallback),
      isDefault: isDefault(member.field),
    };
  });
});

/** Rows of one DTO under their names, piece by piece. */
export function* writeCsvRows(dto: Dto, records: readonly (object | null)[], settings: WriterSettings): Generator<string> {
  const all = columnsOf(dto, settings);
  const rows = records.map((record) => record ?? {});
  const columns = settings.profile.isDefaultOmitted
    ? all.filter(({ read, isDefault }) => rows.some((record) => !isDefault(read(record))))
    : all;
  if (columns.length > 0) yield `${columns.map(({ name }) => name).join(',')}\r\n`;
  for (const record of rows) {
    let text = '';
    let separator = '';
    for (const { read, write, nothing } of columns) {
      const value = read(record);
      text += separator + (value === null ? nothing : write(value));
      separator = ',';
    }
    yield `${text}\r\n`;
  }
}

const rowsOf = (dto: Dto, records: readonly (object | null)[], settings: WriterSettings): string =>
  [...writeCsvRows(dto, records, settings)].join('');

/** How a response is laid out: as one row of itself, or, in ServiceStack's own types, as the rows of its first list. */
export const writeCsv = compiled((dto, settings) => {
  const list = listOfRows(dto);
  if (list === undefined) return (record: object): string => rowsOf(dto, [record], settings);
  const item = list.field.facts.item!;
  const read = memberReader(list) as (record: object) => readonly unknown[] | null;
  const { of } = item.facts;
  if (of !== undefined) return (record: object): string => rowsOf(of(), (read(record) ?? []) as readonly (object | null)[], settings);
  const write = CELLS[item.facts.type]({ name: list.name, field: item, owner: dto }, settings);
  return (record: object): string => {
    const values = read(record);
    return values === null ? '' : `${values.map((value) => (value === null ? '' : write(value))).join(',')}\r\n`;
  };
});
