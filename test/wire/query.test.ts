import { expect, test } from 'vitest';
import { GetConnectionsToContact } from '../../src/apis/canvara/contract.ts';
import { ContactConnectionRequest, Contact } from '../../src/apis/trendsic/contract.ts';
import { readParameter } from '../../src/wire/query.ts';

test('a parameter finds its member in any case and is read by the kind of it', () => {
  expect(readParameter(GetConnectionsToContact, 'pagesize', '007')).toEqual({ member: 'PageSize', value: 7 });
  expect(readParameter(GetConnectionsToContact, 'SORTORDER', 'descending')).toEqual({ member: 'SortOrder', value: 'Descending' });
  expect(readParameter(GetConnectionsToContact, 'ContactTypeId', '"7D4448409DC011D1B2455FFDCE74FAD2"')).toEqual({
    member: 'ContactTypeId',
    value: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
  });
});

test('of two values for a yes or no the first counts', () => {
  expect(readParameter(GetConnectionsToContact, 'IsPagedMode', 'true,false')).toEqual({ member: 'IsPagedMode', value: true });
});

test('a text is taken as it is, quotes and all', () => {
  expect(readParameter(Contact, 'FirstName', '"a""b"')).toEqual({ member: 'FirstName', value: '"a""b"' });
});

test('a value that cannot be read says why', () => {
  expect(readParameter(ContactConnectionRequest, 'AgentId', '+5')).toEqual({
    member: 'AgentId',
    text: '+5',
    error: 'Input string was not in a correct format.',
  });
  expect(readParameter(ContactConnectionRequest, 'Contact', 'abc')).toHaveProperty('error');
});

test('an empty value and an unknown name change nothing', () => {
  expect(readParameter(ContactConnectionRequest, 'AgentId', '')).toBeUndefined();
  expect(readParameter(ContactConnectionRequest, 'Nope', '1')).toBeUndefined();
});

test('lists come in JSV, with or without brackets, and in JSON', () => {
  for (const text of ['[{FirstName:Jo}]', '{FirstName:Jo}', '[{"FirstName":"Jo"}]']) {
    expect(readParameter(ContactConnectionRequest, 'Contact', text)).toMatchObject({ value: [{ FirstName: 'Jo' }] });
  }
});
