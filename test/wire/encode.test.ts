import { describe, expect, test } from 'vitest';
import { encode, type Format } from '../../src/wire/codec.ts';
import { dtoOf, profileOf, recordings, text } from './recordings.ts';

const asked = recordings('encode').flatMap(({ id, api, note, steps }) =>
  steps.map(({ request, response, compare }) => {
    const { dto, format, value } = JSON.parse(text(request.body)!) as { dto: string; format: Format; value: object };
    return { id, api, note, compare, dto, format, value, wanted: text(response.body) };
  }),
);

describe('writes what the real host wrote', () => {
  test.each(asked.filter(({ compare }) => compare === 'encode'))('$id', ({ api, dto, format, value, wanted }) => {
    expect(encode(dtoOf(api, dto), value, { format, profile: profileOf(api) })).toBe(wanted);
  });
});

test('refuses what the real host could not write either', () => {
  const refused = asked.filter(({ compare }) => compare === 'reference');
  expect(refused).toHaveLength(3);
  for (const { api, dto, format, value, wanted } of refused) {
    const message = /<Message>(.*?)<\/Message>/.exec(wanted ?? '')?.[1] ?? '';
    expect(() => encode(dtoOf(api, dto), value, { format, profile: profileOf(api) })).toThrow(message);
  }
});
