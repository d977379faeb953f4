import { expect, test } from 'vitest';
import * as canvara from '../../src/apis/canvara/contract.ts';
import * as trendsic from '../../src/apis/trendsic/contract.ts';
import { sample } from '../../src/derive/sample.ts';
import { encode } from '../../src/wire/codec.ts';
import { fixture } from './recordings.ts';

const documented = [
  ['trendsic', trendsic, trendsic.operations.ContactConnectionRequest, 'jsonl'],
  ['canvara', canvara, canvara.operations.GetConnectionsToContact, 'xml'],
  ['canvara', canvara, canvara.operations.ContactConnectedLinks, 'xml'],
] as const;

for (const [api, { profile }, operation, format] of documented) {
  for (const side of ['request', 'response'] as const) {
    test(`the documented ${side} of ${api}.${operation.name} is written to the byte`, () => {
      const dto = operation[side];
      expect(encode(dto, sample(dto), { format, profile, layout: 'page' })).toBe(fixture(`${api}/${operation.name}.${side}.${format}`));
    });
  }
}

test('placeholders make of an empty record the documented one', () => {
  for (const format of ['json', 'jsv', 'csv', 'xml'] as const) {
    const options = { format, profile: trendsic.profile, nulls: 'placeholder' } as const;
    expect(encode(trendsic.Contact, {}, options)).toBe(encode(trendsic.Contact, sample(trendsic.Contact), options));
  }
});
