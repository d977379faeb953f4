/**
 * Random writes, valid and invalid, to two worlds in turn against a plain model of each: equal answers, equal state, lists and
 * searches in the same order, never an orphan, never half a write. `RUNS=100 SEED=7 npx vitest …` makes more of them, and others.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../../support/target.ts';
import { byName, type Command, type Item, PlainModel, type Row, type Rows, type State, searched } from './plain-model.ts';

const RUNS = Number(process.env['RUNS'] ?? 50);
const SEED = Number(process.env['SEED'] ?? 20260101);
const WRITES = 200;

const mock = createMock({ apis: ['logisense'], scale: { 'logisense.contacts': 60 }, journal: 0 });
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
const ask = async (world: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
  const response = await mock.fetch(`http://mock${path}`, {
    method,
    headers: { 'X-Mock-World': world, 'Content-Type': 'application/json', Pagination: '{"pageSize":1000000}' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

/** Everything that the API shows of a world, as the model keeps it. */
async function read(world: string): Promise<Omit<State, 'next'>> {
  const contacts: Rows = new Map();
  const types: Rows = new Map();
  const points: Rows = new Map();
  const kinds: Rows = new Map();
  const addresses: Rows = new Map();
  const pages = await Promise.all(['Contact', 'ContactType'].map((name) => ask(world, 'GET', `/${name}/Paged/Detail`)));
  for (const { identity, details, contactTypeName: _, ...contact } of pages[0]!.body.pagedResults.items) {
    contacts.set(identity, { ...contact, addressId: details.address?.identity ?? null });
    for (const { identity: id, contactPointTypeName: _, ...point } of details.contactPoints ?? []) points.set(id, point);
    if (details.address) {
      const { identity: id, address1, cityName, stateId } = details.address;
      addresses.set(id, { address1, cityName, stateId });
    }
  }
  for (const { identity, details, ownerName: _, contactTypeTypeName: __, ...type } of pages[1]!.body.pagedResults.items) {
    types.set(identity, type);
    for (const { identity: id, dataTypeName: _, contactTypeName: __, ...kind } of details.contactPointTypes ?? []) kinds.set(id, kind);
  }
  return { contacts, types, points, kinds, addresses };
}

/** A place in a list of ids, or an id that does not exist. */
const place = fc.oneof({ weight: 9, arbitrary: fc.nat(10_000) }, { weight: 1, arbitrary: fc.constant(-1) });
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('Zoë', '"', '\\', '')); // what a person might type, and worse
const flag = fc.oneof({ weight: 8, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constantFrom('true', 'false', null, 'maybe') });
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(members: T) => fc.record(members, { requiredKeys: [] });
const contact = some({ contactTypeId: place, title: text, firstName: fc.option(text), lastName: text, isUsedForTax: flag });
const type = some({
  name: fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) }),
  contactTypeTypeId: fc.nat(33),
  description: text,
  isRequired: flag,
  sendEmail: flag,
});
const patchType = (...allowed: string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...allowed) }, { weight: 1, arbitrary: fc.constant('upsert') });
const itemOf = (types: fc.Arbitrary<string>, members: fc.Arbitrary<object>) =>
  fc.tuple(types, place, members).map(([patchType, identity, sent]) => ({ patchType, identity, ...sent }) as Item);
const point = itemOf(patchType('create', 'create', 'update', 'delete'), some({ contactPointTypeId: place, value: text }));
const kind = itemOf(
  patchType('create', 'create', 'update', 'delete'),
  some({ name: text, dataTypeId: fc.integer({ min: 1, max: 6 }), isRequired: flag, allowMultiple: flag, isCore: flag }),
);
const address = itemOf(
  patchType('create', 'update', 'delete', 'attach', 'detach'),
  fc.record({ address1: text, cityName: text, stateId: fc.option(fc.integer({ min: 1, max: 63 })) }),
);

const wish: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: contact.map((members): Command => ({ do: 'createContact', members })) },
  { weight: 3, arbitrary: fc.tuple(place, contact).map(([id, members]): Command => ({ do: 'updateContact', id, members })) },
  { weight: 2, arbitrary: fc.tuple(place, contact).map(([id, members]): Command => ({ do: 'patchContact', id, members })) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(place, fc.array(point, { maxLength: 3 }), fc.array(address, { maxLength: 2 }))
      .map(([id, points, address]): Command => ({ do: 'patchChildren', id, points, address })),
  },
  { weight: 2, arbitrary: type.map((members): Command => ({ do: 'createType', members })) },
  { weight: 2, arbitrary: fc.tuple(place, type).map(([id, members]): Command => ({ do: 'updateType', id, members })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(place, fc.constantFrom(6, 8, 10), fc.array(kind, { minLength: 1, maxLength: 3 }))
      .map(([id, version, kinds]): Command => ({ do: 'patchType', id, version, kinds })),
  },
  { weight: 3, arbitrary: place.map((id): Command => ({ do: 'deleteType', id })) },
);

/** Turns places into ids that exist when the command is given. */
function settle(command: Command, { contacts, types, kinds, points, addresses }: State): Command {
  const idAt = (ids: readonly number[], at: number): number => (at < 0 || ids.length === 0 ? 100_000 : ids[at % ids.length]!);
  const keys = (rows: Rows): number[] => [...rows.keys()];
  const settled = (members: Row): Row => ({
    ...members,
    ...(members['contactTypeId'] === undefined ? {} : { contactTypeId: idAt(keys(types), members['contactTypeId'] as number) }),
  });
  /** Mostly a type that the contact's type offers, now and then any other. */
  const settledPoint = (members: Row, contact: number): Row => {
    const at = members['contactPointTypeId'] as number | undefined;
    if (at === undefined) return members;
    const offered = ownedBy(kinds, 'contactTypeId', contacts.get(contact)?.['contactTypeId'] as number);
    return { ...members, contactPointTypeId: idAt(at % 5 === 0 || offered.length === 0 ? keys(kinds) : offered, at) };
  };
  /** Mostly the parent's own children, now and then somebody else's. */
  const items = (list: readonly Item[], own: readonly number[], all: Rows): Item[] =>
    list.map(({ identity = 0, ...item }) => ({
      ...(settled(item) as Item),
      identity: identity % 7 === 0 ? idAt(keys(all), identity) : idAt(own, identity),
    }));
  const ownedBy = (rows: Rows, member: string, id: number) => keys(rows).filter((key) => rows.get(key)![member] === id);
  switch (command.do) {
    case 'createContact':
      return { ...command, members: settled(command.members) };
    case 'createType':
      return command;
    case 'updateContact':
    case 'patchContact':
      return { ...command, id: idAt(keys(contacts), command.id), members: settled(command.members) };
    case 'patchChildren': {
      const id = idAt(keys(contacts), command.id);
      const linked = contacts.get(id)?.['addressId'] as number | null | undefined;
      const address = items(command.address, linked ? [linked] : [], addresses);
      const own = items(command.points, ownedBy(points, 'contactId', id), points);
      return { ...command, id, points: own.map((item) => settledPoint(item, id) as Item), address };
    }
    default: {
      const id = idAt(keys(types), command.id);
      return command.do === 'patchType'
        ? { ...command, id, kinds: items(command.kinds, ownedBy(kinds, 'contactTypeId', id), kinds) }
        : { ...command, id };
    }
  }
}

function send(world: string, command: Command) {
  switch (command.do) {
    case 'createContact':
      return ask(world, 'POST', '/Contact/', command.members);
    case 'updateContact':
      return ask(world, 'PUT', `/Contact/${command.id}`, command.members);
    case 'patchContact':
      return ask(world, 'PATCH', `/Contact/${command.id}`, command.members);
    case 'patchChildren':
      return ask(world, 'PATCH', `/Contact/${command.id}`, {
        details: { contactPoints: { items: command.points }, address: { items: command.address } },
      });
    case 'createType':
      return ask(world, 'POST', '/ContactType', command.members);
    case 'updateType':
      return ask(world, 'PUT', `/ContactType/${command.id}`, command.members);
    case 'patchType':
      return ask(world, 'PATCH', `/ResourceServer/api/v${command.version}/ContactType/${command.id}`, {
        details: { contactPointTypes: { items: command.kinds } },
      });
    case 'deleteType':
      return ask(world, 'DELETE', `/ContactType/${command.id}`);
  }
}

/** The addresses that some contact has: the API shows no others. */
const shown = ({ next: _, ...state }: State): Omit<State, 'next'> => {
  const linked = new Set([...state.contacts.values()].map((contact) => contact['addressId']));
  return { ...state, addresses: new Map([...state.addresses].filter(([id]) => linked.has(id))) };
};
const sorted = (rows: Rows): Rows => new Map([...rows].sort(([left], [right]) => left - right));
const comparable = (state: Omit<State, 'next'>) =>
  Object.fromEntries(Object.entries(state).map(([name, rows]) => [name, sorted(rows as Rows)]));

/** The first identity of each table that a world gives out. */
async function firstIdentities(): Promise<State['next']> {
  const created = async (method: string, path: string, body: object) =>
    (await ask('first', method, path, body)).body.results.items.map(({ identity }: { identity: number }) => identity) as number[];
  const [types] = await created('POST', '/ContactType/', { name: 'x' });
  const contactPointTypes = { items: [{ patchType: 'create', name: 'x' }] };
  const [kinds] = await created('PATCH', `/ContactType/${types}`, { details: { contactPointTypes } });
  const [contacts] = await created('POST', '/Contact/', { contactTypeId: types });
  const contactPoints = { items: [{ patchType: 'create', contactPointTypeId: kinds }] };
  const address = { items: [{ patchType: 'create' }] };
  const [points, addresses] = await created('PATCH', `/Contact/${contacts}`, { details: { contactPoints, address } });
  return { contacts: contacts!, types: types!, points: points!, kinds: kinds!, addresses: addresses! };
}

const operators = ['eq', 'contains', 'startsWith'];
const members = ['firstName', 'lastName', 'title'];

/** Lists and searches of a world have the rows of the model in its order, page by page. */
async function expectSameOrder(world: string, { types, kinds, contacts }: State, random: number): Promise<void> {
  const identities = async (path: string, query?: object) => {
    const { body } = await ask(world, query === undefined ? 'GET' : 'POST', path, query && { query });
    expect(body.totalCount ?? body.pagedResults.totalCount).toBeGreaterThanOrEqual((body.items ?? body.pagedResults.items).length);
    return (body.items ?? body.pagedResults.items).map(({ identity }: { identity: number }) => identity);
  };
  expect(await identities('/ContactType/')).toEqual(byName(types));
  expect(await identities('/ContactPointType/')).toEqual(byName(kinds));
  const pagination = { pageNumber: 2, pageSize: 9 };
  expect(await identities('/ContactType/Search', { pagination })).toEqual(byName(types).slice(9, 18));
  const member = members[random % 3]!;
  const orderBy = members[(random + 1) % 3]!;
  const operator = operators[(random >> 2) % 3]!;
  const row = [...contacts.values()][random % contacts.size]!;
  const value = (random % 2 === 0 ? 'A' : String(row[member] ?? 'e').slice(0, 3)).toUpperCase();
  const search = [{ name: member, operator, value }];
  const expected = searched(contacts, { member, operator, value, orderBy });
  expect(await identities('/Contact/Search', { top: 10_000, search, orderBy: [{ name: orderBy }] })).toEqual(expected);
  const paged = { search, orderBy: [{ name: orderBy }], pagination: { pageNumber: 2, pageSize: 3 } };
  expect(await identities('/Contact/Search', paged)).toEqual(expected.slice(3, 6));
}

test(`${RUNS * WRITES} random writes to two worlds leave what plain models have`, { timeout: 600_000 }, async () => {
  const untouched = await read('untouched');
  const next = await firstIdentities();
  const outcomes = { 200: 0, 400: 0, 404: 0 };
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: WRITES, maxLength: WRITES }), fc.nat(10_000), async (wishes, random) => {
      const pair = ['a', 'b'].map((name) => {
        const world = mock.world(`run${run}${name}`);
        return { name: `run${run}${name}`, world, model: new PlainModel({ ...untouched, next }) };
      });
      run++;
      for (const [i, wished] of wishes.entries()) {
        const { name, world, model } = pair[i % 2]!;
        const command = settle(wished, model.state);
        const expected = model.run(command);
        const before = expected.status === 200 ? undefined : JSON.stringify(world.state.get());
        const answer = await send(name, command);
        expect(answer.status, JSON.stringify([command, answer.body])).toBe(expected.status);
        outcomes[expected.status]++;
        if (expected.status === 200) {
          const items: Record<string, unknown>[] = answer.body.results.items;
          expect(answer.body.results.totalCount).toBe(items.length);
          expect(
            items.map(({ identity, action, dtoTypeKey }) => (dtoTypeKey === undefined ? [identity] : [identity, action, dtoTypeKey])),
          ).toEqual(expected.items);
        } else {
          expect(answer.body.errors.at(-1).code).toBe(2000);
          expect(JSON.stringify(world.state.get())).toBe(before);
        }
        if (i % 40 >= 38) {
          expect(comparable(await read(name))).toEqual(comparable(shown(model.state)));
          expect(world.integrity()).toMatchObject({ ok: true, orphans: [] });
          await expectSameOrder(name, model.state, random + i);
        }
      }
      for (const { world } of pair) world.drop();
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  // The mixture is worth the name: plenty of each.
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(8 * RUNS);
});
