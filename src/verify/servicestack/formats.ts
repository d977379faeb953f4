/** The five formats of a ServiceStack service, each as its profile has it written (servicestack.md §3). */
import type { Dto, Member } from '../../contract/dto.ts';
import type { Field } from '../../contract/field.ts';
import type { ServiceStackProfile } from '../../protocols/servicestack/profile.ts';
import type { AnswerFormat } from '../compare/answer-format.ts';
import { guidFormat, isoDate, jsvDate, type LexicalFormats, lexicalFormats, wcfDate, xmlDate } from '../compare/lexical-format.ts';
import type { ParsedMember, ParsedValue } from '../compare/parsed-value.ts';
import { readCsv } from '../compare/read/csv.ts';
import { readJson } from '../compare/read/json.ts';
import { readJsv } from '../compare/read/jsv.ts';
import { readXml } from '../compare/read/xml.ts';

/** By the name that `?format=` and a path's suffix give them. */
export type ServiceFormats = Readonly<Record<'json' | 'xml' | 'jsv' | 'csv' | 'jsonl', AnswerFormat>>;

const derivedFirst = (dto: Dto): readonly Member[] =>
  dto.base === undefined ? dto.members : [...dto.members.filter((member) => member.owner === dto), ...derivedFirst(dto.base)];

/** The class at the root of the line first; within a class by code unit; members that cannot be set are not written. */
const byDataContract = (dto: Dto): readonly Member[] => {
  const own = dto.members.filter((member) => member.owner === dto && member.field.facts.compute === undefined);
  // ServiceStack's own types state their order; all others are sorted by name.
  const sorted = dto.isDataContract ? own : own.sort((left, right) => (left.name < right.name ? -1 : 1));
  return dto.base === undefined ? sorted : [...byDataContract(dto.base), ...sorted];
};

const rootless = (value: ParsedValue): ParsedMember => ({ name: '', value });

const known = new WeakMap<ServiceStackProfile, ServiceFormats>();

export function formatsOf(profile: ServiceStackProfile): ServiceFormats {
  let formats = known.get(profile);
  if (formats === undefined) known.set(profile, (formats = makeFormats(profile)));
  return formats;
}

function makeFormats(profile: ServiceStackProfile): ServiceFormats {
  const guid = (field: Field) => guidFormat(field.facts.isNullable ? profile.nullableGuid : profile.guid);
  const json: LexicalFormats = lexicalFormats({ guid, date: profile.date === 'wcf' ? wcfDate : isoDate, bool: ['true', 'false'] });
  const jsv: LexicalFormats = lexicalFormats({ guid, date: jsvDate, bool: ['True', 'False'] });
  const xml: LexicalFormats = lexicalFormats({ guid: () => guidFormat('D'), date: xmlDate, bool: ['true', 'false'] });
  const base = {
    isTyped: false,
    isOrdered: false,
    writesNulls: false,
    nullCarries: false,
    allowsNullChildren: true,
    members: derivedFirst,
    mayLeaveOut: () => false,
  };
  const jsonLike: Omit<AnswerFormat, 'name' | 'mediaType'> = {
    ...base,
    isTyped: true,
    writesNulls: profile.nulls === 'written',
    lexicalFormats: json,
    read: (text) => rootless(readJson(text)),
  };
  const jsvLike = {
    ...base,
    lexicalFormats: jsv,
    mayLeaveOut: ({ facts }: Field) => profile.isZeroGuidLeftOut && facts.type === 'guid' && !facts.isNullable,
  };
  return {
    json: { ...jsonLike, name: 'JSON', mediaType: 'application/json' },
    xml: {
      ...base,
      name: 'XML',
      mediaType: 'application/xml',
      isOrdered: true,
      writesNulls: true,
      lexicalFormats: xml,
      members: byDataContract,
      read: readXml,
    },
    jsv: { ...jsvLike, name: 'JSV', mediaType: 'application/jsv', read: (text) => rootless(readJsv(text)) },
    // The row itself has every column, the lists in its cells are JSV: so nulls may be left out below the first level.
    csv: { ...jsvLike, name: 'CSV', mediaType: 'text/csv', read: (text, dtos) => rootless(readCsv(text, dtos)) },
    // For a type that is no data contract a line of JSONL is the whole answer (servicestack.md §3.4).
    jsonl: { ...jsonLike, name: 'JSONL', mediaType: 'text/jsonl' },
  };
}
