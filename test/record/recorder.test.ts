import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { createMock, type Mock } from '../../src/mock.ts';
import { Recorder } from '../../src/record/recorder.ts';
import { type Exchange, headerLines } from '../../src/verify/exchange.ts';

const worker = { Authorization: 'Bearer worker' };

async function exchange(mock: Mock, target: string, headers: Record<string, string> = {}): Promise<Exchange> {
  const answer = await mock.fetch(target, { headers });
  expect([target, answer.status]).toEqual([target, 200]);
  return {
    request: { method: 'GET', target, headers },
    response: { status: answer.status, headers: headerLines(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) },
  };
}

const canvaraContact = (mock: Mock): string => {
  const path = mock.routes().find(({ operation, method }) => operation === 'canvara.ContactConnectedLinks' && method === 'GET')
    ?.example.path;
  return /[0-9a-f-]{36}/.exec(path ?? '')?.[0] as string;
};

/** What a team's tests might ask of a real service. */
async function asked(mock: Mock): Promise<Exchange[]> {
  const id = canvaraContact(mock);
  const calls: [string, Record<string, string>?][] = [
    ['/Contact'],
    ['/Contact/2/Detail'],
    ['/Contact/7/Detail'],
    ['/ContactType'],
    ['/ContactType/2/Detail'],
    ['/v1/ContactConnections/1', { ...worker, Accept: 'application/json' }],
    ['/v1/ContactConnections/3.xml', worker],
    [`/api/contacts/${id}/connections?IncludeRemoved=true`, { ...worker, Accept: 'application/json' }],
    [`/api/contacts/${id}/links`, { ...worker, Accept: 'application/xml' }],
  ];
  const exchanges: Exchange[] = [];
  for (const [target, headers] of calls) exchanges.push(await exchange(mock, target, headers));
  return exchanges;
}

const real = createMock({ seed: 7, nulls: 'wire' });
const traffic = asked(real);
async function recorded(isRaw: boolean) {
  const recorder = new Recorder(catalogue);
  for (const one of await traffic) recorder.add(one);
  return recorder.data(isRaw);
}

test('what was recorded raw and is served over another seed gives the same answers', async () => {
  const again = createMock({ seed: 1, nulls: 'wire', data: [await recorded(true)] });
  const id = canvaraContact(real);
  for (const [path, headers] of [
    ['/Contact/2/Detail', {}],
    ['/Contact/7/Detail', {}],
    ['/v1/ContactConnections/1', worker],
  ] as const) {
    const [before, after] = [await real.fetch(path, { headers }), await again.fetch(path, { headers })];
    const withoutIds = (text: string): string => text.replace(/"trackingId":"[^"]*"/, '');
    expect([path, withoutIds(await after.text())]).toEqual([path, withoutIds(await before.text())]);
  }
  const names = async (mock: Mock): Promise<unknown> => {
    const { items } = (await (await mock.fetch('/Contact')).json()) as { items: { identity: number; contactTypeName: string }[] };
    return items.map(({ identity, contactTypeName }) => [identity, contactTypeName]);
  };
  expect(await names(again)).toEqual(await names(real));
  const connections = async (mock: Mock): Promise<string[]> => {
    const answer = await mock.fetch(`/api/contacts/${id}/connections`, { headers: { ...worker, Accept: 'application/json' } });
    const { Connections } = (await answer.json()) as { Connections: { Contact: { ContactId: string } }[] };
    return Connections.map(({ Contact }) => Contact.ContactId).sort();
  };
  expect(await connections(again)).toEqual(await connections(real));
});

test('without --raw keys, relations, statuses and dates stay', async () => {
  const { records } = await recorded(false);
  const again = createMock({ seed: 1, nulls: 'wire', data: [{ ...records }] });
  const shape = async (mock: Mock): Promise<unknown> => {
    const { Contact } = (await (await mock.fetch('/v1/ContactConnections/1', { headers: worker })).json()) as {
      Contact: { ContactId: number; ContactStatusDesc: string; DateCreated: string }[];
    };
    return Contact.map(({ ContactId, ContactStatusDesc, DateCreated }) => [ContactId, ContactStatusDesc, DateCreated]);
  };
  expect(await shape(again)).toEqual(await shape(real));
});

/** Every value of the members that say something of a person, as the real answers had it; of towns and pictures there are few. */
async function personalValues(): Promise<Set<string>> {
  const PERSONAL =
    /^(first|last)name$|^name$|^contactfullname$|^email|^phone|^mobilenumber$|^ssn$|^address_(line|zip)|^primaryaddress$|^value$|note$|^additionalinformation$|^description$|^dateofbirth$|^initials$|^zipcode$|^writingagentname$|^dba$|^businessname$/i;
  const values = new Set<string>();
  const visit = (value: unknown, name: string, owner: object): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [member, inner] of Object.entries(value)) visit(inner, member, value);
    } else if (typeof value === 'string' && value.length > 3 && PERSONAL.test(name) && !('description' in owner && name === 'name'))
      values.add(value);
  };
  for (const { response } of await traffic) {
    const text = new TextDecoder().decode(response.body);
    if (text.startsWith('{')) visit(JSON.parse(text), '', {});
  }
  return values;
}

test('without --raw no personal value of the source is in the file, in any spelling', async () => {
  const file = JSON.stringify(await recorded(false)).toLowerCase();
  const raw = JSON.stringify(await recorded(true)).toLowerCase();
  // What kinds of contact point are called is nobody's.
  const { items } = (await (await real.fetch('/ContactPointType')).json()) as { items: { name: string }[] };
  const generic = new Set(items.map(({ name }) => name.toLowerCase()));
  let looked = 0;
  for (const value of await personalValues()) {
    const lower = value.toLowerCase();
    if (generic.has(lower) || !raw.includes(JSON.stringify(lower).slice(1, -1))) continue;
    const isUnique = lower.includes(' ') || /\d/.test(lower) || lower.includes('@');
    if (!isUnique) continue;
    looked++;
    expect(file).not.toContain(JSON.stringify(lower).slice(1, -1));
    const [local] = lower.split('@');
    if (lower.includes('@')) expect(file).not.toContain(`"${local}`);
  }
  expect(looked).toBeGreaterThan(100);
});

test('a member that nobody marked is replaced', async () => {
  const unmarked = catalogue.flatMap(({ entities }) =>
    Object.values(entities).flatMap(({ fields = {}, members }) => Object.keys(members).filter((name) => fields[name] === undefined)),
  );
  expect(unmarked).toEqual([]);
  const { records } = await recorded(false);
  const { records: raw } = await recorded(true);
  const [mine, theirs] = [records['logisense.contacts']?.['2'], raw['logisense.contacts']?.['2']] as Record<string, unknown>[];
  expect(mine?.['contactTypeId']).toBe(theirs?.['contactTypeId']);
  expect(mine?.['lastName']).not.toBe(theirs?.['lastName']);
});

test('what cannot be read, and what failed, shows no record', () => {
  const recorder = new Recorder(catalogue);
  const answer = (status: number, body: string): Exchange => ({
    request: { method: 'GET', target: '/Contact/2', headers: {} },
    response: { status, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(body) },
  });
  for (const one of [
    answer(200, '{'),
    answer(404, '{"instance":{"identity":2}}'),
    answer(200, '"x"'),
    answer(200, '{"instance":{"identity":"two"}}'),
  ])
    recorder.add(one);
  expect(recorder.size).toBe(0);
});
