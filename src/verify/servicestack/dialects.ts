/** The five formats of a ServiceStack service, each as its profile has it written (servicestack.md §3). */
import type { Dto, Member } from '../../contract/dto.ts';
import type { Field } from '../../contract/field.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import type { Dialect } from '../dialect.ts';
import { type Forms, formsOf, guidForm, isoDate, jsvDate, wcfDate, xmlDate } from '../forms.ts';
import { readCsv } from '../read/csv.ts';
import { readJson } from '../read/json.ts';
import { readJsv } from '../read/jsv.ts';
import { readXml } from '../read/xml.ts';
import type { Seen, SeenChild } from '../seen.ts';

const derivedFirst = (dto: Dto): readonly Member[] =>
  dto.base === undefined ? dto.members : [...dto.members.filter((member) => member.owner === dto), ...derivedFirst(dto.base)];

/** The class at the root of the line first; within a class by code unit; members that cannot be set are not written. */
const byDataContract = (dto: Dto): readonly Member[] => {
  const own = dto.members.filter((member) => member.owner === dto && member.field.facts.compute === undefined);
  // ServiceStack's own types state their order; all others are sorted by name.
  const sorted = dto.isDataContract ? own : own.sort((left, right) => (left.name < right.name ? -1 : 1));
  return dto.base === undefined ? sorted : [...byDataContract(dto.base), ...sorted];
};

const isContent = ({ field }: Member): boolean => field.facts.of?.().isDataContract !== true;

const rootless = (value: Seen): SeenChild => ({ name: '', value });

export function dialectsOf(profile: ServiceStackProfile): readonly Dialect[] {
  const guid = (field: Field) => guidForm(field.facts.isNullable ? profile.nullableGuid : profile.guid);
  const json: Forms = formsOf({ guid, date: profile.date === 'wcf' ? wcfDate : isoDate, bool: ['true', 'false'] });
  const jsv: Forms = formsOf({ guid, date: jsvDate, bool: ['True', 'False'] });
  const xml: Forms = formsOf({ guid: () => guidForm('D'), date: xmlDate, bool: ['true', 'false'] });
  const common = {
    isOrdered: false,
    nullCarries: false,
    allowsNullChildren: true,
    members: derivedFirst,
    isContent,
    mayLeaveOut: () => false,
  };
  const jsonLike = { ...common, isTyped: true, writesNulls: profile.nulls === 'written', forms: json };
  return [
    { ...jsonLike, name: 'JSON', mediaType: 'application/json', read: (text) => rootless(readJson(text)) },
    {
      ...common,
      name: 'XML',
      mediaType: 'application/xml',
      isTyped: false,
      isOrdered: true,
      writesNulls: true,
      forms: xml,
      members: byDataContract,
      read: readXml,
    },
    {
      ...common,
      name: 'JSV',
      mediaType: 'application/jsv',
      isTyped: false,
      writesNulls: false,
      forms: jsv,
      mayLeaveOut: ({ facts }) => profile.isZeroGuidLeftOut && facts.type === 'guid' && !facts.isNullable,
      read: (text) => rootless(readJsv(text)),
    },
    { ...csvRow, forms: jsv, mayLeaveOut: ({ facts }) => profile.isZeroGuidLeftOut && facts.type === 'guid' && !facts.isNullable },
    // For a type that is no data contract a line of JSONL is the whole answer (servicestack.md §3.4).
    { ...jsonLike, name: 'JSONL', mediaType: 'text/jsonl', read: (text) => rootless(readJson(text)) },
  ];
}

/** The row itself has every column, the lists in its cells are JSV: so nulls may be left out below the first level. */
const csvRow = {
  name: 'CSV',
  mediaType: 'text/csv',
  isTyped: false,
  isOrdered: false,
  writesNulls: false,
  nullCarries: false,
  allowsNullChildren: true,
  members: derivedFirst,
  isContent,
  read: (text: string, dto: Dto) => rootless(readCsv(text, dto)),
};
