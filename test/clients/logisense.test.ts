/** A client of the kind that people have, against a listening server: token, create, patch, page through all, delete. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from 'node:http';
import type { Contact, ContactDetails, ContactType, ContactTypeDetails, ContactTypeType } from '../../src/apis/logisense/contract.ts';
import { createMock, type Server } from '../../src/mock.ts';
import { shows } from '../support/evidence.ts';

interface Results<T> {
  trackingId: string;
  type: string;
  results: { totalCount: number; items: T[] };
}
type Detailed<T, D> = T & { details: D };
type Result<T> = { identity: number; action: string; dtoTypeKey: string; instance?: T };

class BillingClient {
  readonly #root: string;
  #tokens: { access_token: string; refresh_token: string; expires_in: number } | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  async signIn(form: Record<string, string>): Promise<void> {
    const response = await fetch(`${this.#root}/AuthorizationServer/api/v6/Access/Login`, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ client_id: '044b8ad6006845c29446b2f18e5b5909', ...form }),
    });
    if (!response.ok) throw new Error(`sign-in: ${response.status}`);
    this.#tokens = (await response.json()) as { access_token: string; refresh_token: string; expires_in: number };
  }
  refresh(): Promise<void> {
    return this.signIn({ grant_type: 'refresh_token', refresh_token: this.#tokens?.refresh_token ?? '' });
  }

  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.#root}/ResourceServer/api/v6/${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${this.#tokens?.access_token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { errors?: { code: number; message: string }[] };
    if (!response.ok) throw new Error(answer.errors?.map(({ message }) => message).join('\n') ?? String(response.status));
    return answer;
  }

  get<T>(path: string): Promise<{ instance: T }> {
    return this.call('GET', path);
  }
  list<T>(resource: string): Promise<{ totalCount: number; items: T[] }> {
    return this.call('GET', `${resource}/`);
  }

  /** `Contact`, or `Contact/Paged/Detail` with the children. */
  async *all<T>(path: string, pageSize = 50): AsyncGenerator<T> {
    for (let pageNumber = 1; ; pageNumber++) {
      const page = await this.call<{ pagedResults: { totalCount: number; items: T[] } }>(
        'GET',
        path.includes('/') ? path : `${path}/Paged`,
        undefined,
        {
          Pagination: JSON.stringify({ pageNumber, pageSize }),
        },
      );
      yield* page.pagedResults.items;
      if (pageNumber * pageSize >= page.pagedResults.totalCount) return;
    }
  }
}

const mock = createMock({ apis: ['logisense'], auth: 'strict', tokenLifetime: 'service' });
let server: Server;
beforeAll(async () => {
  server = await mock.listen();
});
afterAll(() => mock.close());

async function signedIn(): Promise<BillingClient> {
  const client = new BillingClient(server.url);
  await client.signIn({ username: 'worker', password: 'worker', grant_type: 'password' });
  return client;
}

test('signs in, creates, patches, pages through all, deletes', async () => {
  const client = new BillingClient(server.url);
  await expect(client.call('GET', 'Contact/1')).rejects.toThrow('401');
  await client.signIn({ username: 'worker', password: 'worker', grant_type: 'password' });

  const type = (await client.call<Results<ContactType>>('POST', 'ContactType/', { name: 'Night shift', contactTypeTypeId: 6 })).results
    .items[0]!;
  const kinds = await client.call<Results<Result<{ name: string }>>>('PATCH', `ContactType/${type.identity}`, {
    details: { contactPointTypes: { items: [{ patchType: 'create', patchClientId: 1, name: 'Pager', dataTypeId: 3 }] } },
  });
  const kind = kinds.results.items[0]!.identity;

  const contact = (
    await client.call<Results<Contact>>('POST', 'Contact', { contactTypeId: type.identity, firstName: 'Grace', lastName: 'Hill' })
  ).results.items[0]!;
  expect(contact).toMatchObject({ contactTypeName: 'Night shift', firstName: 'Grace' });
  const patched = await client.call<Results<Result<unknown>>>('PATCH', `Contact/${contact.identity}`, {
    title: 'Dr.',
    details: {
      contactPoints: { items: [{ patchType: 'create', contactPointTypeId: kind, value: '(202) 555-0123' }] },
      address: { items: [{ patchType: 'create', address1: '1 Main Street', cityName: 'Austin', stateId: 44, countryId: 1 }] },
    },
  });
  expect(patched.results.items.map(({ action, dtoTypeKey }) => `${dtoTypeKey} ${action}`)).toEqual([
    'contact updated',
    'contactPoint created',
    'address created',
  ]);
  const { instance } = await client.call<{ instance: Contact & { details: ContactDetails } }>('GET', `Contact/${contact.identity}/Detail`);
  expect(instance.title).toBe('Dr.');
  expect(instance.details.contactPoints?.map((point) => point?.value)).toEqual(['(202) 555-0123']);
  expect(instance.details.address?.stateCode).toBe('TX');

  const all: Contact[] = [];
  for await (const each of client.all<Contact>('Contact')) all.push(each);
  expect(all.map(({ identity }) => identity)).toEqual(Array.from({ length: 201 }, (_, i) => i + 1));
  expect(all.at(-1)?.firstName).toBe('Grace');

  await expect(client.call('DELETE', `ContactType/${type.identity}`)).rejects.toThrow(
    `'ContactType' (${type.identity}) is in use by 'Contact'.`,
  );
  await client.call('PUT', `Contact/${contact.identity}`, { contactTypeId: 1 });
  const deleted = await client.call<Results<Record<string, unknown>>>('DELETE', `ContactType/${type.identity}`);
  expect(deleted.results.items.map(({ dtoTypeKey }) => dtoTypeKey)).toEqual(['contactType', 'contactPointType', 'contactPoint']);
  await expect(client.call('GET', `ContactType/${type.identity}`)).rejects.toThrow('does not exist');
  expect(mock.integrity().ok).toBe(true);
  for (const operation of [
    'Contact.create',
    'Contact.update',
    'Contact.patch',
    'Contact.getDetail',
    'Contact.paged',
    'ContactType.create',
    'ContactType.patch',
    'ContactType.delete',
  ]) {
    shows(`logisense.${operation}`, 'client');
  }
});

test('reads contacts in every form, and they agree', async () => {
  const client = await signedIn();
  const { totalCount, items } = await client.list<Contact>('Contact');
  expect(items).toHaveLength(totalCount);
  const detailed: Detailed<Contact, ContactDetails>[] = [];
  for await (const each of client.all<Detailed<Contact, ContactDetails>>('Contact/Paged/Detail', 30)) detailed.push(each);
  expect(detailed.map(({ details: _, ...contact }) => contact)).toEqual(items);
  expect(
    detailed.flatMap(({ identity, details }) => details.contactPoints?.filter((point) => point?.contactId !== identity) ?? []),
  ).toEqual([]);
  for (const each of detailed.slice(0, 8)) {
    const { details: _, ...flat } = each;
    expect((await client.get<Contact>(`Contact/${each.identity}`)).instance).toEqual(flat);
    expect((await client.get<unknown>(`Contact/${each.identity}/Detail`)).instance).toEqual(each);
  }
  for (const verb of ['list', 'pagedDetail', 'get', 'getDetail']) shows(`logisense.Contact.${verb}`, 'client');
});

test('keeps contact types: creates, reads in every form, updates, patches, deletes', async () => {
  const client = await signedIn();
  const created = await client.call<Results<ContactType>>('POST', 'ContactType/', {
    name: 'Field work',
    contactTypeTypeId: '6',
    description: 'Who drives out',
    isRequired: false,
  });
  const { identity } = created.results.items[0]!;
  expect(created).toMatchObject({
    type: 'create',
    results: { totalCount: 1, items: [{ name: 'Field work', contactTypeTypeName: 'Other' }] },
  });

  const updated = await client.call<Results<ContactType>>('PUT', `ContactType/${identity}`, { identity, name: 'Field service' });
  expect(updated.results.items).toMatchObject([{ identity, name: 'Field service', description: 'Who drives out' }]);
  const patched = await client.call<Results<Result<Record<string, unknown>>>>('PATCH', `ContactType/${identity}`, {
    sendEmail: true,
    details: {
      contactPointTypes: {
        items: [
          { patchType: 'create', name: 'Radio', dataTypeName: 'Text' },
          { patchType: 'create', name: 'Van', dataTypeName: 'Phone Number', allowMultiple: true },
        ],
      },
    },
  });
  expect(patched.results.items.map((item) => [item.action, item.dtoTypeKey, item.instance?.['name']])).toEqual([
    ['updated', 'contactType', 'Field service'],
    ['created', 'contactPointType', 'Radio'],
    ['created', 'contactPointType', 'Van'],
  ]);

  const { instance } = await client.get<Detailed<ContactType, ContactTypeDetails>>(`ContactType/${identity}/Detail`);
  const { details, ...flat } = instance;
  expect(details.contactPointTypes?.map((kind) => [kind?.name, kind?.dataTypeName, kind?.contactTypeName])).toEqual([
    ['Radio', 'Text', 'Field service'],
    ['Van', 'Phone Number', 'Field service'],
  ]);
  expect((await client.get<ContactType>(`ContactType/${identity}`)).instance).toEqual(flat);
  const list = await client.list<ContactType>('ContactType');
  expect(list.items.find((each) => each.identity === identity)).toEqual(flat);
  const paged: ContactType[] = [];
  for await (const each of client.all<ContactType>('ContactType', 7)) paged.push(each);
  expect(paged).toEqual(list.items);
  const detailed: ContactType[] = [];
  for await (const each of client.all<ContactType>('ContactType/Paged/Detail', 7)) detailed.push(each);
  expect(detailed.find((each) => each.identity === identity)).toEqual(instance);

  const deleted = await client.call<Results<unknown>>('DELETE', `ContactType/${identity}`);
  expect(deleted).toMatchObject({
    type: 'delete',
    results: {
      totalCount: 2,
      items: [
        { identity, action: 'deleted', dtoTypeKey: 'contactType' },
        { foreignKeyIdentity: identity, action: 'deleted', dtoTypeKey: 'contactPointType' },
      ],
    },
  });
  await expect(client.get(`ContactType/${identity}`)).rejects.toThrow(`'Identity' (${identity}) does not exist in 'ContactType'.`);
  expect((await client.list('ContactType')).totalCount).toBe(list.totalCount - 1);
  for (const verb of ['list', 'paged', 'pagedDetail', 'get', 'getDetail', 'patch', 'create', 'update', 'delete']) {
    shows(`logisense.ContactType.${verb}`, 'client');
  }
});

test('stays signed in by refreshing', async () => {
  const client = new BillingClient(server.url);
  await client.signIn({ client_secret: 'agent', grant_type: 'password' });
  mock.clock.advance(1700);
  await client.refresh();
  mock.clock.advance(200);
  expect((await client.call<{ totalCount: number }>('GET', 'Contact/')).totalCount).toBeGreaterThan(0);
});

test('a client of internal/ works as it does with a live service: names in place of ids, wrapped items, lists by name', async () => {
  const client = await signedIn();
  const { items: types } = await client.list<ContactType>('internal/ContactType');
  const names = types.map(({ name }) => (name ?? '').toLowerCase());
  expect(names).toEqual([...names].sort((left, right) => (left < right ? -1 : 1)));
  const created = await client.call<Results<Result<Contact>>>('POST', 'internal/Contact', {
    contactTypeName: types[0]?.name?.toUpperCase(),
    firstName: 'Ada',
  });
  const { identity, instance } = created.results.items[0]!;
  expect(instance).toMatchObject({ identity, contactTypeId: types[0]?.identity, contactTypeName: types[0]?.name });
  const patched = await client.call<Results<Result<Contact>>>('PATCH', `internal/Contact/${identity}`, {
    contactTypeName: types[1]?.name,
    lastName: 'Byron',
  });
  expect(patched.results.items[0]).toMatchObject({ identity, action: 'updated', instance: { contactTypeId: types[1]?.identity } });
  const { items: bases } = await client.list<ContactTypeType>('ContactType/Type');
  expect((await client.get<ContactTypeType>(`ContactType/Type/${bases[0]?.identity}`)).instance).toEqual(bases[0]);
});

test('is told in a header what of a call that went well was not read', async () => {
  const client = await signedIn();
  const created = await client.call<Results<Contact>>('POST', 'Contact', { contactTypeId: 5 });
  const response = await fetch(`${server.url}/Contact/${created.results.items[0]?.identity}`, {
    method: 'PUT',
    headers: { Authorization: 'Bearer worker', 'Content-Type': 'application/json' },
    body: JSON.stringify({ details: { address: { cityName: 'Austin' } } }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-mock-explanation')).toBe(
    `\`details\` is not read in PUT; send PATCH /Contact/${created.results.items[0]?.identity} with {"details":{"address":{"items":[{"patchType":"create","cityName":"Austin"}]}}}`,
  );
});

test('a verb of which Fetch knows nothing is a 405 that says which there are', async () => {
  const status = await new Promise<unknown[]>((resolve, reject) => {
    const sent = request(`${server.url}/Contact/1`, { method: 'TRACE', headers: { Authorization: 'Bearer worker' } }, (answer) => {
      answer.resume();
      resolve([answer.statusCode, answer.headers['allow']]);
    });
    sent.on('error', reject).end();
  });
  expect(status).toEqual([405, 'GET, PATCH, PUT']);
});
