import { describe, expect, test } from 'vitest';
import type { Dto } from '../../src/contract/dto.ts';
import { type Format, decode } from '../../src/wire/codec.ts';
import { DecodeError } from '../../src/wire/error.ts';
import { operations as canvara } from '../../src/apis/canvara/contract.ts';
import { operations as trendsic } from '../../src/apis/trendsic/contract.ts';
import { bodyBytes, NOW, recordings, text } from './recordings.ts';

const operations = {
  trendsic: () => trendsic.ContactConnectionRequest,
  canvara: (target: string) => (target.includes('/links') ? canvara.ContactConnectedLinks : canvara.GetConnectionsToContact),
};

/** The value of the body alone, or the framework's inner message. The path's ContactId lies over the body's. */
for (const format of ['json', 'jsv', 'jsonl', 'csv', 'xml'] as const satisfies readonly Format[]) {
  describe(`reads ${format} bodies as the real host did`, () => {
    test.each(recordings(`read-${format}`))('$id', ({ api, steps }) => {
      for (const { request, response, bound, compare } of steps) {
        const { request: dto } = operations[api](request.target);
        const read = () => decode<Dto>(dto as unknown as Dto, bodyBytes(request.body), { format, now: NOW }).value;
        if (response.status === 200) {
          expect({ ...read(), ContactId: null }).toEqual({ ...(bound as object), ContactId: null });
        } else {
          const [, wanted] = /Error: ([\s\S]*)$/.exec(
            (JSON.parse(text(response.body)!) as { ResponseStatus: { Message: string } }).ResponseStatus.Message,
          )!;
          expect(read).toThrow(DecodeError);
          if (compare !== 'text-only') expect(read).toThrow(new DecodeError(wanted!));
        }
      }
    });
  });
}
