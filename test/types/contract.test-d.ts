/** What the compiler must accept and refuse; checked by `npm run check` (tsc -p test), never run. */
import { expectTypeOf } from 'vitest';
import { type RecordBuilder, entity } from '../../src/contract/entity.ts';
import { dto, type Infer, type Writable } from '../../src/contract/dto.ts';
import {
  bool,
  type DateTime,
  dateTime,
  type Decimal,
  decimal,
  enumeration,
  type Guid,
  guid,
  int,
  list,
  type Long,
  long,
  object,
  string,
} from '../../src/contract/field.ts';
import type { Canvara, LogiSense, Trendsic } from '../../src/index.ts';
import { serviceOperation } from '../../src/protocols/servicestack/operation.ts';

const Owner = dto('Owner', {}, { Id: guid(), Born: dateTime().nullable() });
const Pet = dto(
  'Pet',
  { base: Owner },
  {
    Name: string(),
    Legs: int().sample(4),
    Weight: decimal(),
    Chip: long(),
    Size: enumeration('Size', ['Small', 'Large']),
    Tame: bool().readOnly(),
    Friends: list(object(() => Owner)),
  },
);

expectTypeOf<Infer<typeof Pet>>().toEqualTypeOf<{
  Id: Guid;
  Born: DateTime | null;
  Name: string | null;
  Legs: number;
  Weight: Decimal;
  Chip: Long;
  Size: 'Small' | 'Large' | number;
  Tame: boolean;
  Friends: readonly ({ Id: Guid; Born: DateTime | null } | null)[] | null;
}>();
// A modifier after another keeps what the first one said.
expectTypeOf(int().nullable().readOnly().sample(null)).toExtend<{ readonly type: number | null; readonly access: 'readOnly' }>();
expectTypeOf<Writable<typeof Pet>>().not.toHaveProperty('Tame');

// @ts-expect-error a Guid has dashes
guid().sample('00000000000000000000000000000000');
// @ts-expect-error a sample is of the member's type
int().sample('4');
// @ts-expect-error no value of the enumeration
enumeration('Size', ['Small', 'Large']).sample('Medium');

const answer = { response: Pet, verbs: 'all', doc: '', isAuthenticated: false, errorResponse: 'typed' } as const;
serviceOperation({ ...answer, path: '/pets/{Id}', request: dto('GetPet', {}, { Id: guid() }) });
// @ts-expect-error the path names a member that the request does not have
serviceOperation({ ...answer, path: '/pets/{Number}', request: dto('GetPet', {}, { Id: guid() }) });

type Cat = { id: number; name: string };
const cats = { name: 'cats', key: 'id', identity: 'number', size: 9 } as const;
entity<Cat>({ ...cats, members: { id: (at) => at.n, name: (at) => `cat ${at.member('id')}` } });
// @ts-expect-error every member wants a generator
entity<Cat>({ ...cats, members: { id: (at) => at.n } });
// @ts-expect-error a generator gives the member's type
entity<Cat>({ ...cats, members: { id: (at) => at.n, name: (at) => at.n } });
// @ts-expect-error the key is a member
entity<Cat>({ ...cats, key: 'tail', members: { id: (at) => at.n, name: () => '' } });
expectTypeOf<RecordBuilder<Cat>['n']>().toEqualTypeOf<number>();

// The documented DTOs are exported as types.
expectTypeOf<Trendsic.Contact['TotalDebtAmount']>().toEqualTypeOf<Decimal>();
expectTypeOf<Trendsic.ContactResponse['Contact']>().toEqualTypeOf<readonly (Trendsic.Contact | null)[] | null>();
expectTypeOf<Canvara.ContactConnectionModel['ConnectionRequestId']>().toEqualTypeOf<Guid | null>();
expectTypeOf<Canvara.ContactConnectionModel['Contact']>().toEqualTypeOf<Canvara.ContactSummaryModel | null>();
expectTypeOf<Canvara.GetConnectionsToContact>().toHaveProperty('PageNumber');
expectTypeOf<keyof typeof LogiSense>().not.toBeNever();

// Every type that the documents name is there, the framework's own included.
expectTypeOf<Trendsic.ResponseStatus>().toEqualTypeOf<NonNullable<Trendsic.ContactResponse['ResponseStatus']>>();
expectTypeOf<Canvara.ResponseError>().toHaveProperty('FieldName');
expectTypeOf<LogiSense.ContactPoint>().toHaveProperty('contactPointTypeId');
expectTypeOf<LogiSense.ContactPointType | LogiSense.Address | LogiSense.State | LogiSense.Country>().toHaveProperty('identity');
