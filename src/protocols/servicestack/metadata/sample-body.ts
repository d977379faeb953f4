/** A message full of placeholders, as a page shows it: the bytes of the wire, and the same spread over lines. */
import type { Dto } from '../../../contract/dto.ts';
import { spreadJson, indentXml } from './readable.ts';
import { sample } from '../../../derive/sample.ts';
import { type EncodeOptions, encode } from '../../../wire/codec.ts';
import type { WireFormat } from '../formats.ts';
import type { ServiceHost } from '../service-host.ts';

export interface SampleBody {
  readonly text: string;
  readonly spread: string | undefined;
}

type Show = (dto: Dto, options: Omit<EncodeOptions, 'format'>) => SampleBody;

const onlyText =
  (format: WireFormat): Show =>
  (dto, options) => ({ text: encode(dto, sample(dto), { ...options, format }), spread: undefined });

const SHOW: Record<WireFormat, Show> = {
  json: (dto, options) => {
    const text = encode(dto, sample(dto), { ...options, format: 'json' });
    return { text, spread: spreadJson(text) };
  },
  jsonl: onlyText('jsonl'),
  jsv: (dto, options) => ({
    text: encode(dto, sample(dto), { ...options, format: 'jsv' }),
    spread: encode(dto, sample(dto), { ...options, format: 'jsv', layout: 'page' }),
  }),
  csv: onlyText('csv'),
  // Always spread, as the documents have it.
  xml: (dto, options) => ({ text: indentXml(encode(dto, sample(dto), { ...options, format: 'xml', layout: 'page' })), spread: undefined }),
};

export const sampleBody = (dto: Dto, format: WireFormat, { profile, settings }: ServiceHost): SampleBody =>
  SHOW[format](dto, { profile, nulls: settings.nulls });
