/** The client that ServiceStack publishes on npm, as its users use it: against a listening mock, with both APIs. */
import { JsonServiceClient, type ResponseStatus } from '@servicestack/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock } from '../../src/mock.ts';
import { shows } from '../support/evidence.ts';

interface Contact {
  ContactId: number;
  FirstName: string;
  LastName: string;
}
interface ContactResponse {
  Contact: Partial<Contact>[];
}

/** As `/types/typescript` declares it, with what a client needs to know about a request. */
class ContactConnectionRequest {
  Contact?: Partial<Contact>[];
  ContactId?: number;
  AgentId?: number;
  constructor(init?: Partial<ContactConnectionRequest>) {
    Object.assign(this, init);
  }
  getTypeName(): string {
    return 'ContactConnectionRequest';
  }
  getMethod(): string {
    return 'POST';
  }
  createResponse(): ContactResponse {
    return { Contact: [] };
  }
}

class GetConnectionsToContact {
  ContactId?: string;
  IsPagedMode?: boolean;
  PageSize?: number;
  constructor(init?: Partial<GetConnectionsToContact>) {
    Object.assign(this, init);
  }
  getTypeName(): string {
    return 'GetConnectionsToContact';
  }
  getMethod(): string {
    return 'GET';
  }
  createResponse(): { Connections: unknown[]; TotalConnections: number } {
    return { Connections: [], TotalConnections: 0 };
  }
}

class ContactConnectedLinks {
  ContactId?: string;
  constructor(init?: Partial<ContactConnectedLinks>) {
    Object.assign(this, init);
  }
  getTypeName(): string {
    return 'ContactConnectedLinks';
  }
  getMethod(): string {
    return 'GET';
  }
  createResponse(): { Roles: unknown[]; ContactConnections: unknown[]; EmailAddressBook: unknown[] } {
    return { Roles: [], ContactConnections: [], EmailAddressBook: [] };
  }
}

class Authenticate {
  provider?: string;
  UserName?: string;
  Password?: string;
  constructor(init?: Partial<Authenticate>) {
    Object.assign(this, init);
  }
  getTypeName(): string {
    return 'Authenticate';
  }
  getMethod(): string {
    return 'POST';
  }
  createResponse(): { BearerToken: string; UserName: string } {
    return { BearerToken: '', UserName: '' };
  }
}

let mock: Mock;
let url: string;
let someone: string;

beforeAll(async () => {
  mock = createMock({ auth: 'strict', nulls: 'wire' });
  ({ url } = await mock.listen());
  someone = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(
    mock.routes().find(({ operation }) => operation === 'canvara.ContactConnectedLinks')!.example.path,
  )![0];
});
afterAll(() => mock.close());

const inWorld = (client: JsonServiceClient, world: string, key: string): JsonServiceClient => {
  client.headers.set('X-Mock-World', world);
  if (key !== '') client.bearerToken = key;
  return client;
};
const trendsic = (world: string, key = 'worker'): JsonServiceClient => inWorld(new JsonServiceClient(url), world, key);
/** Below `/api` there is no `/api/X`; such clients are told to use the older routes. */
const canvara = (world: string, key = 'visitor'): JsonServiceClient =>
  inWorld(new JsonServiceClient(`${url}/api`).useBasePath(''), world, key);

const failure = async (call: Promise<unknown>): Promise<ResponseStatus> => {
  const error = (await call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (reason: unknown) => reason,
  )) as { responseStatus: ResponseStatus };
  return error.responseStatus;
};

test('get lists the connected contacts, with typed values', async () => {
  const { Contact } = await trendsic('get').get(new ContactConnectionRequest({ ContactId: 1 }));
  expect(Contact.length).toBeGreaterThan(0);
  expect(Contact[0]).toMatchObject({ ContactId: expect.any(Number), FirstName: expect.any(String) });
  shows('trendsic.ContactConnectionRequest', 'client');
});

test('get by a route of the service itself answers the same', async () => {
  const byName = await trendsic('routes').get(new ContactConnectionRequest({ ContactId: 1 }));
  const byRoute = await trendsic('routes').get<ContactResponse>('/v1/ContactConnections/1');
  expect(byRoute).toEqual(byName);
});

test('post adds a contact, and get shows it', async () => {
  const client = trendsic('post');
  const added = await client.post(new ContactConnectionRequest({ ContactId: 1, Contact: [{ FirstName: 'Ada', LastName: 'Sample' }] }));
  expect(added.Contact.at(-1)).toMatchObject({ FirstName: 'Ada', LastName: 'Sample' });
  expect(await client.get(new ContactConnectionRequest({ ContactId: 1 }))).toEqual(added);
  shows('trendsic.ContactConnectionRequest', 'client');
});

test('put makes the given contacts the whole list', async () => {
  const client = trendsic('put');
  await client.put(new ContactConnectionRequest({ ContactId: 1, Contact: [{ ContactId: 5 }, { ContactId: 9 }] }));
  const { Contact } = await client.get(new ContactConnectionRequest({ ContactId: 1 }));
  expect(Contact.map(({ ContactId }) => ContactId)).toEqual([5, 9]);
  shows('trendsic.ContactConnectionRequest', 'client');
});

test('an unknown contact rejects with the service’s ResponseStatus', async () => {
  const status = await failure(trendsic('error').get(new ContactConnectionRequest({ ContactId: 5_000_000 })));
  expect(status).toMatchObject({ errorCode: 'NotFound', message: 'Contact 5000000 does not exist' });
  shows('trendsic.ContactConnectionRequest', 'negative');
});

test('a value that cannot be read rejects with one entry for its member', async () => {
  const status = await failure(trendsic('bad').get('/v1/ContactConnections/abc'));
  expect(status.errors).toEqual([expect.objectContaining({ errorCode: 'SerializationException', fieldName: 'ContactId' })]);
});

test('a caller without a role is told so by status and reason phrase', async () => {
  const status = await failure(trendsic('role', 'visitor').get(new ContactConnectionRequest({ ContactId: 1 })));
  expect(status).toMatchObject({ errorCode: '403', message: 'Invalid Role' });
});

test('a caller who is not signed in signs in when asked, and the call goes through', async () => {
  const client = trendsic('login', '');
  let asked = 0;
  client.onAuthenticationRequired = async () => {
    asked++;
    const { BearerToken } = await trendsic('login', '').post(
      new Authenticate({ provider: 'credentials', UserName: 'worker', Password: 'worker' }),
    );
    client.bearerToken = BearerToken;
  };
  const { Contact } = await client.get(new ContactConnectionRequest({ ContactId: 1 }));
  expect(Contact.length).toBeGreaterThan(0);
  expect(asked).toBe(1);
  shows('trendsic.ContactConnectionRequest', 'client');
});

test('an expired token is refused, and a new sign-in helps', async () => {
  const client = trendsic('expiry', '');
  const signIn = async (): Promise<void> => {
    const { BearerToken } = await trendsic('expiry', '').post(
      new Authenticate({ provider: 'credentials', UserName: 'agent', Password: 'agent' }),
    );
    client.bearerToken = BearerToken;
  };
  await signIn();
  await client.get(new ContactConnectionRequest({ ContactId: 1 }));
  const headers = { 'X-Mock-World': 'expiry', 'Content-Type': 'application/json' };
  await fetch(`${url}/__admin/clock`, { method: 'PUT', headers, body: JSON.stringify({ advance: 11 * 365 * 86_400 }) });
  expect(await failure(client.get(new ContactConnectionRequest({ ContactId: 1 })))).toMatchObject({
    errorCode: 'TokenException',
    message: 'Token has expired',
  });
  client.onAuthenticationRequired = signIn;
  expect((await client.get(new ContactConnectionRequest({ ContactId: 1 }))).Contact.length).toBeGreaterThan(0);
});

test('a session cookie carries a caller who signed in, until he signs out', async () => {
  const client = trendsic('session', '');
  await client.post(new Authenticate({ provider: 'credentials', UserName: 'worker', Password: 'worker' }));
  expect((await client.get(new ContactConnectionRequest({ ContactId: 1 }))).Contact.length).toBeGreaterThan(0);
  await client.post(new Authenticate({ provider: 'logout' }));
  // The client takes the emptied token cookies for tokens and asks for new ones; against the real service too.
  expect(await failure(client.get(new ContactConnectionRequest({ ContactId: 1 })))).toMatchObject({
    message: expect.stringContaining('refreshToken'),
  });
});

test('sendAll sends a batch and gets an answer for each', async () => {
  const answers = await trendsic('batch').sendAll([
    new ContactConnectionRequest({ ContactId: 1 }),
    new ContactConnectionRequest({ ContactId: 2 }),
  ]);
  expect(answers).toHaveLength(2);
  expect((answers as ContactResponse[]).every(({ Contact }) => Array.isArray(Contact))).toBe(true);
});

test('a batch rejects with the first error and the number of its item', async () => {
  const status = await failure(
    trendsic('batch-error').sendAll([
      new ContactConnectionRequest({ ContactId: 1 }),
      new ContactConnectionRequest({ ContactId: 5_000_000 }),
    ]),
  );
  expect(status).toMatchObject({ errorCode: 'NotFound', meta: { autoBatchIndex: '1' } });
});

test('both Canvara operations answer by get and by post', async () => {
  const client = canvara('canvara');
  const byGet = await client.get(new GetConnectionsToContact({ ContactId: someone }));
  expect(byGet.TotalConnections).toBe(byGet.Connections.length);
  expect(await client.post(new GetConnectionsToContact({ ContactId: someone }))).toEqual(byGet);
  const links = await client.get(new ContactConnectedLinks({ ContactId: someone }));
  expect(links.ContactConnections.length).toBeGreaterThan(0);
  expect(await client.put(new ContactConnectedLinks({ ContactId: someone }))).toEqual(links);
  shows('canvara.GetConnectionsToContact', 'client');
  shows('canvara.ContactConnectedLinks', 'client');
});

test('Canvara errors, refusals and batches reach the client', async () => {
  const unknown = '00000000-0000-4000-8000-000000000404';
  expect(await failure(canvara('errors').get(new ContactConnectedLinks({ ContactId: unknown })))).toMatchObject({
    errorCode: 'NotFound',
    message: `Contact ${unknown} does not exist`,
  });
  expect(await failure(canvara('errors', '').get(new GetConnectionsToContact({ ContactId: someone })))).toMatchObject({
    errorCode: '401',
    message: 'Unauthorized',
  });
  const answers = await canvara('errors').sendAll([
    new ContactConnectedLinks({ ContactId: someone }),
    new ContactConnectedLinks({ ContactId: someone }),
  ]);
  expect(answers).toHaveLength(2);
  shows('canvara.ContactConnectedLinks', 'negative');
});
