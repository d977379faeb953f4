import { expect, test } from 'vitest';
import { GetConnectionsToContact } from '../../src/apis/canvara/contract.ts';
import { ContactConnectionRequest, Contact } from '../../src/apis/trendsic/contract.ts';
import type { Dto } from '../../src/contract/dto.ts';
import { readParameter } from '../../src/wire/query.ts';
import { NOW } from './recordings.ts';

/** Member and value, or the error. */
function read(dto: unknown, name: string, text: string): unknown {
  const bound = readParameter(dto as Dto, name, text, NOW);
  return bound === undefined || 'error' in bound ? bound : { member: bound.member, value: bound.value };
}

test('a parameter finds its member in any case and is read by the kind of it', () => {
  expect(read(GetConnectionsToContact, 'pagesize', '007')).toEqual({ member: 'PageSize', value: 7 });
  expect(read(GetConnectionsToContact, 'SORTORDER', 'descending')).toEqual({ member: 'SortOrder', value: 'Descending' });
  expect(read(GetConnectionsToContact, 'ContactTypeId', '"7D4448409DC011D1B2455FFDCE74FAD2"')).toEqual({
    member: 'ContactTypeId',
    value: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
  });
});

test('of two values for a yes or no the first counts', () => {
  expect(read(GetConnectionsToContact, 'IsPagedMode', 'true,false')).toEqual({ member: 'IsPagedMode', value: true });
});

test('a text is taken as it is, quotes and all', () => {
  expect(read(Contact, 'FirstName', '"a""b"')).toEqual({ member: 'FirstName', value: '"a""b"' });
});

test('a value that cannot be read says why', () => {
  expect(read(ContactConnectionRequest, 'AgentId', '+5')).toEqual({
    member: 'AgentId',
    text: '+5',
    error: 'Input string was not in a correct format.',
  });
  expect(read(ContactConnectionRequest, 'Contact', 'abc')).toHaveProperty('error');
});

test('an empty value and an unknown name change nothing', () => {
  expect(read(ContactConnectionRequest, 'AgentId', '')).toBeUndefined();
  expect(read(ContactConnectionRequest, 'Nope', '1')).toBeUndefined();
});

test('lists come in JSV, with or without brackets, and in JSON', () => {
  for (const text of ['[{FirstName:Jo}]', '{FirstName:Jo}', '[{"FirstName":"Jo"}]']) {
    expect(read(ContactConnectionRequest, 'Contact', text)).toMatchObject({ value: [{ FirstName: 'Jo' }] });
  }
});
