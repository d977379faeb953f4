import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations as canvara } from '../../src/apis/canvara/contract.ts';
import { operations as trendsic } from '../../src/apis/trendsic/contract.ts';
import { clrType, memberTables, typesOf } from '../../src/derive/metadata.ts';
import type { ServiceOperation } from '../../src/protocols/servicestack/operation.ts';

interface DocumentedRow {
  readonly name: string;
  readonly parameter: string;
  readonly type: string;
  readonly required: string;
}

const documented = JSON.parse(readFileSync(new URL('../../fixtures/describe/canvara-tables.json', import.meta.url), 'utf8')) as Record<
  keyof typeof canvara,
  DocumentedRow[][]
>;

const tablesOf = ({ request, response, path }: ServiceOperation) =>
  memberTables({ request, path, takesBody: true }, [request, response], (dto) => dto.isDataContract);

test.each(Object.keys(documented) as (keyof typeof canvara)[])('%s has the tables of its document, row by row', (name) => {
  const tables = tablesOf(canvara[name]).flatMap((table) =>
    table.kind === 'message'
      ? [table.rows.map((row) => ({ name: row.name, parameter: row.place, type: row.type, required: row.isRequired ? 'Yes' : 'No' }))]
      : [],
  );
  expect(tables).toEqual(documented[name]);
});

test('an enumeration that a member can be has its own table', () => {
  expect(tablesOf(canvara.GetConnectionsToContact)).toContainEqual({
    kind: 'enumeration',
    name: 'SortOrder',
    values: ['Ascending', 'Descending'],
  });
});

test('where no place is stated, the request has path and body and every other message form, as the framework prints it', () => {
  const [request, contact, response] = tablesOf(trendsic.ContactConnectionRequest);
  const placesOf = (table: typeof request) => (table?.kind === 'message' ? [...new Set(table.rows.map(({ place }) => place))] : []);
  expect([placesOf(request), placesOf(contact), placesOf(response)]).toEqual([['body', 'path'], ['form'], ['form']]);
});

test('every member of a table is described', () => {
  for (const operation of [...Object.values(canvara), ...Object.values(trendsic)]) {
    for (const table of tablesOf(operation)) {
      if (table.kind === 'message') for (const row of table.rows) expect(row.doc, `${table.name}.${row.name}`).not.toBe('');
    }
  }
});

test('types are spelt as .NET spells them', () => {
  const { fields } = trendsic.ContactConnectionRequest.response;
  const types = new Map(
    [...typesOf(trendsic.ContactConnectionRequest.response)].flatMap((type) =>
      'values' in type ? [] : Object.entries(type.fields).map(([name, field]) => [`${type.name}.${name}`, clrType(field)] as const),
    ),
  );
  expect(clrType(fields.Contact)).toBe('List<Contact>');
  expect(
    Object.fromEntries(
      [...types].filter(([name]) =>
        /Contact\.(SchoolID|TotalDebtAmount|ContactGUID|LastContact|DeletedDateTimeUtc|Active|SSN)$|Meta/.test(name),
      ),
    ),
  ).toEqual({
    'ResponseStatus.Meta': 'Dictionary<string, string>',
    'ResponseError.Meta': 'Dictionary<string, string>',
    'Contact.SSN': 'string',
    'Contact.Active': 'bool',
    'Contact.SchoolID': 'long',
    'Contact.ContactGUID': 'Guid',
    'Contact.LastContact': 'DateTime',
    'Contact.DeletedDateTimeUtc': 'DateTime?',
    'Contact.TotalDebtAmount': 'decimal',
  });
});
