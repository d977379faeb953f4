/** A message filled with its documented values. */
import type { Dto } from '../../../contract/dto.ts';
import { type Field, type FieldType, ZERO_GUID } from '../../../contract/field.ts';

/** What LogiSense's generated pages put where no sample value is given. */
const TEXT = 'Sample Text Data';

const PLACEHOLDERS: { readonly [K in FieldType]?: unknown } = {
  int: 0,
  long: 0,
  double: 0,
  bool: false,
  guid: ZERO_GUID,
  dateTime: '0001-01-01T00:00:00.000Z',
};

/** Members of one DTO that differ from its own samples wherever it occurs; `undefined` leaves a member out. */
export interface Deviation {
  readonly dto: Dto;
  readonly members: Readonly<Record<string, unknown>>;
}

export function sampleOf(dto: Dto, deviations: readonly Deviation[] = []): Record<string, unknown> {
  const sample: Record<string, unknown> = {};
  const own = deviations.filter((deviation) => deviation.dto === dto);
  for (const { name, field } of dto.members) {
    const deviation = own.findLast((candidate) => name in candidate.members);
    const value = deviation === undefined ? valueFor(field, deviations) : deviation.members[name];
    if (value !== undefined) sample[name] = value;
  }
  return sample;
}

function valueFor({ facts }: Field, deviations: readonly Deviation[]): unknown {
  if (facts.sampleValue !== undefined) return facts.sampleValue;
  if (facts.of !== undefined) return sampleOf(facts.of(), deviations);
  if (facts.item !== undefined) return [valueFor(facts.item, deviations)];
  return PLACEHOLDERS[facts.type] ?? TEXT;
}
