/** Reads enums as .NET's `Enum.Parse` does: names in any case, numbers, both joined by commas (servicestack.md §12 E5). */
import type { Enumeration } from '../../contract/field.ts';
import { DecodeError } from '../error.ts';
import { trim } from './span.ts';

const NUMBER = /^[+-]?\d+$/;

/** The name of a value, or its number where it has none. */
export const enumValue = (value: number, { values }: Enumeration): string | number => values[value] ?? value;

export function readEnum(text: string, enumeration: Enumeration): string | number {
  const trimmed = trim(text);
  if (trimmed === '') throw new DecodeError("Must specify valid information for parsing in the string. (Parameter 'value')");
  if (NUMBER.test(trimmed)) {
    const value = BigInt(trimmed.replace('+', ''));
    if (value < -2147483648n || value > 2147483647n) throw new DecodeError('Value was either too large or too small for an Int32.');
    return enumValue(Number(value), enumeration);
  }
  let combined = 0;
  for (const part of trimmed.split(',')) {
    const name = trim(part).toLowerCase();
    const index = enumeration.values.findIndex((value) => value.toLowerCase() === name);
    if (index < 0) throw new DecodeError(`Requested value '${text}' was not found.`);
    combined |= index;
  }
  return enumValue(combined, enumeration);
}
