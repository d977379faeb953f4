/** JSON Lines: a message is one line; in ServiceStack's own types the items of the first list are (servicestack.md §3.4, §13 F4). */
import { EncodeError } from '../error.ts';
import { compiled, listOfRows, memberReader } from '../writer.ts';
import { json } from './writer.ts';

export const writeJsonl = compiled((dto, settings): ((record: object) => string) => {
  const list = listOfRows(dto);
  if (list === undefined) return json.record(dto, settings);
  const item = list.field.facts.item!;
  const write = json.value({ ...list, field: item }, settings) as (value: unknown) => string;
  const read = memberReader(list) as (record: object) => readonly unknown[] | null;
  return (record) => {
    const items = read(record);
    // The framework's own serializer stumbles here.
    if (items === null) throw new EncodeError('Object reference not set to an instance of an object.', 'NullReferenceException');
    return items.map((value) => `${value === null ? 'null' : write(value)}\n`).join('');
  };
});
