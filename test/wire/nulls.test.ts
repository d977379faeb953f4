import { expect, test } from 'vitest';
import * as canvara from '../../src/apis/canvara/contract.ts';
import * as trendsic from '../../src/apis/trendsic/contract.ts';
import { encode, type Format } from '../../src/wire/codec.ts';

const placeholders = (format: Format) => ({ format, profile: canvara.profile, nulls: 'placeholder' }) as const;

test('placeholders fill every scalar and leave objects and lists as the service writes them', () => {
  expect(encode(canvara.GetConnectionsToContactResponse, { Connections: [{}] }, placeholders('json'))).toBe(
    '{"Connections":[{"ConnectionId":"00000000000000000000000000000000","ConnectionRequestId":"00000000000000000000000000000000","Contact":null,' +
      '"ContactRoleId":"00000000-0000-0000-0000-000000000000","ContactRoleName":"String","RequestorContactId":"00000000-0000-0000-0000-000000000000",' +
      '"RequestorContactName":"String","RequestorRoleId":"00000000-0000-0000-0000-000000000000","RequestorRoleName":"String","PrimaryRoleName":"String",' +
      '"ConnectionStatusId":"00000000-0000-0000-0000-000000000000","ConnectionStatusName":"String","IsConnectionRequest":false,"IsIncoming":false,' +
      '"FromDate":"\\/Date(-62135596800000-0000)\\/","SuggesterContact":null,"AllowCancel":false,"AllowRemove":false}],"TotalConnections":0,"ResponseStatus":null}',
  );
});

test('a ResponseStatus has no placeholders in any format', () => {
  const value = { ResponseStatus: { ErrorCode: 'X' } };
  for (const format of ['json', 'jsv', 'csv', 'xml'] as const) {
    expect(encode(trendsic.ContactResponse, value, { format, profile: trendsic.profile, nulls: 'placeholder' })).toBe(
      encode(trendsic.ContactResponse, value, { format, profile: trendsic.profile, nulls: 'wire' }),
    );
  }
});

test('JSV shows a zero Guid among placeholders, though the service leaves it out', () => {
  expect(encode(canvara.ContactConnectedLinks, {}, { ...placeholders('jsv'), nulls: 'wire' })).toBe('{}');
  expect(encode(canvara.ContactConnectedLinks, {}, placeholders('jsv'))).toBe('{ContactId:00000000-0000-0000-0000-000000000000}');
});

test('names can be asked for in camel case, and JSV spread over lines', () => {
  const options = { profile: trendsic.profile } as const;
  const value = { Contact: [], ResponseStatus: { ErrorCode: 'X', Errors: [] } };
  expect(encode(trendsic.ContactResponse, value, { format: 'json', profile: { ...options.profile, textCase: 'camel' } })).toBe(
    '{"responseStatus":{"errorCode":"X","errors":[]},"contact":[]}',
  );
  expect(encode(trendsic.ContactResponse, value, { ...options, format: 'jsv', layout: 'page' })).toBe(
    '{\n\tResponseStatus: \n\t{\n\t\tErrorCode: X,\n\t\tErrors: []\n\t},\n\tContact: []\n}',
  );
});
