/** The message that a metadata page shows for a DTO: every member filled with its type's placeholder (servicestack.md §8). */
import type { Dto, Infer } from '../contract/dto.ts';
import { everyScalar, type Field, type FieldType, type ScalarType } from '../contract/field.ts';
import { placeholder } from '../wire/values/clr.ts';

/** A DTO that contains itself is shown this often. */
const LEVELS = 3;

type Fill = (field: Field, above: readonly Dto[]) => unknown;

const scalar: Fill = (field) => placeholder(field, field.facts.type as ScalarType);

const FILL: Record<FieldType, Fill> = {
  ...everyScalar(scalar),
  object: ({ facts }, above) => {
    const dto = facts.of!();
    return above.filter((known) => known === dto).length >= LEVELS ? null : filled(dto, above);
  },
  list: ({ facts }, above) => [FILL[facts.item!.facts.type](facts.item!, above)],
  map: () => ({ String: 'String' }),
};

function filled(dto: Dto, above: readonly Dto[]): Record<string, unknown> {
  const within = [...above, dto];
  const record: Record<string, unknown> = {};
  for (const { name, field } of dto.members) {
    const { type, compute, sampleValue } = field.facts;
    if (compute === undefined) record[name] = sampleValue ?? FILL[type](field, within);
  }
  for (const { name, field } of dto.members) {
    if (field.facts.compute !== undefined) record[name] = field.facts.compute(record);
  }
  return record;
}

/**
 * The sample of a DTO, in neutral JSON.
 *
 * @example
 * encode(ContactConnectionRequest, sample(ContactConnectionRequest), { format: 'jsonl', profile });
 */
export const sample = <D extends Dto>(dto: D): Infer<D> => filled(dto, []) as Infer<D>;
