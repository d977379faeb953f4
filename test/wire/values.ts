/** Values of any DTO for property tests; only such as every format can hold. */
import fc from 'fast-check';
import type { Dto } from '../../src/contract/dto.ts';
import type { Field, FieldType } from '../../src/contract/field.ts';

const digits = (least: number, most: number) => fc.integer({ min: least, max: most }).map((n) => String(n));
const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
/** Without characters that XML cannot hold, without line breaks (XML makes one of all), without the framework's own sign. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !/[\p{Cc}\p{Cs}\u200b\ufeff\ufffe\uffff]/u.test(value));

/** The framework leaves JSV's quotes on texts within a cell of CSV (recording read-csv/010), so that those are not lossless. */
const unquoted = text.filter((value) => !/["{}[\],:]/.test(value));

const VALUES: Record<FieldType, (field: Field, isPlain: boolean) => fc.Arbitrary<unknown>> = {
  // JSV and CSV cannot tell an empty text from none everywhere; the real host neither.
  string: (_, isPlain) => fc.option((isPlain ? unquoted : text).filter((value) => value !== '')),
  int: () => fc.integer({ min: -2147483648, max: 2147483647 }),
  long: () => fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 9007199254740993n, max: 9223372036854775807n }).map(String)),
  decimal: () =>
    fc.tuple(fc.constantFrom('', '-'), digits(1, 99999), digits(0, 999999)).map(([sign, whole, rest]) => `${sign}${whole}.${rest}`),
  double: () => fc.integer(),
  bool: () => fc.boolean(),
  guid: () => fc.uuid(),
  // Local time is the one kind that all formats give back; before 1970 `/Date(…)/` cuts off towards 1970.
  dateTime: () =>
    fc
      .tuple(
        fc.integer({ min: 1970, max: 2100 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        two(23),
        two(59),
        two(59),
        fc.constantFrom('', '.5', '.1234567'),
      )
      .map(
        ([year, month, day, hour, minute, second, fraction]) =>
          `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T${hour}:${minute}:${second}${fraction}+00:00`,
      ),
  enum: ({ facts }) => fc.constantFrom(...facts.enumeration!.values),
  object: ({ facts }, isPlain) => fc.option(anyValue(facts.of!(), isPlain)),
  list: ({ facts }, isPlain) =>
    fc.option(
      fc.array(
        VALUES[facts.item!.facts.type](facts.item!, isPlain).filter((item) => item !== null),
        { maxLength: 3 },
      ),
    ),
  map: (_, isPlain) =>
    fc.option(
      fc
        .dictionary(
          fc.stringMatching(/^[a-z]{1,5}$/),
          (isPlain ? unquoted : text).filter((value) => value !== ''),
          { maxKeys: 2 },
        )
        .map((entries) => ({ ...entries })),
    ),
};

/** Any value of a DTO, every member present. */
export function anyValue(dto: Dto, isPlain = false): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(
      Object.fromEntries(
        dto.members
          .filter(({ field }) => field.facts.compute === undefined)
          .map(({ name, field }) => [name, VALUES[field.facts.type](field, isPlain)]),
      ),
    )
    .map((record) => {
      const value: Record<string, unknown> = {};
      for (const { name, field } of dto.members) value[name] = field.facts.compute === undefined ? record[name] : null;
      for (const { name, field } of dto.members) if (field.facts.compute !== undefined) value[name] = field.facts.compute(value as never);
      return value;
    });
}
