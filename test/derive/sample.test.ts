import { expect, test } from 'vitest';
import { GetConnectionsToContactResponse, PagedModel } from '../../src/apis/canvara/contract.ts';
import { dto } from '../../src/contract/dto.ts';
import { int, object, string } from '../../src/contract/field.ts';
import { sample } from '../../src/derive/sample.ts';

test('a sample has every member, filled with the placeholder of its kind', () => {
  expect(sample(PagedModel)).toEqual({ PageNumber: 0, PageSize: 0, SortIndex: 0, SortOrder: 'Ascending' });
});

test('a nullable member shows the placeholder of its kind, not null', () => {
  expect(sample(GetConnectionsToContactResponse).Connections?.[0]).toMatchObject({
    ConnectionId: '00000000-0000-0000-0000-000000000000',
    FromDate: '0001-01-01T00:00:00',
    IsConnectionRequest: false,
  });
});

test('a documented value takes the place of the placeholder', () => {
  expect(sample(dto('Pet', {}, { Name: string().sample('Rex'), Legs: int() }))).toEqual({ Name: 'Rex', Legs: 0 });
});

test('a DTO that contains itself ends after three levels', () => {
  const Node = dto('Node', {}, { Next: object((): never => Node as never) });
  expect(sample(Node)).toEqual({ Next: { Next: { Next: null } } });
});
