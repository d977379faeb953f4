import { expect, test } from 'vitest';
import { createMock } from '../../../src/mock.ts';
import { shows } from '../../support/evidence.ts';

const NO_ID = '00000000-0000-0000-0000-000000000000';

interface Summary {
  readonly ContactId: string;
  readonly ContactFullName: string;
  readonly EmailAddress: string;
  readonly ContactTypeId: string;
  readonly ProfilePhotoUrl: string;
  readonly IsRemovedContact: boolean;
}
interface Model {
  readonly ConnectionId: string | null;
  readonly ConnectionRequestId: string | null;
  readonly Contact: Summary;
  readonly ContactRoleId: string;
  readonly ContactRoleName: string;
  readonly RequestorContactId: string;
  readonly RequestorContactName: string;
  readonly RequestorRoleId: string;
  readonly RequestorRoleName: string;
  readonly ConnectionStatusId: string;
  readonly ConnectionStatusName: string;
  readonly IsConnectionRequest: boolean;
  readonly IsIncoming: boolean;
  readonly FromDate: string | null;
  readonly SuggesterContact: Summary | null;
  readonly AllowCancel: boolean;
  readonly AllowRemove: boolean;
}
interface Listed {
  readonly Connections: readonly Model[];
  readonly TotalConnections: number;
}
interface Links {
  readonly Roles: readonly { readonly ContactRoleId: string; readonly RoleId: string; readonly RoleName: string }[];
  readonly ContactConnections: readonly Readonly<Record<string, string | boolean>>[];
  readonly EmailAddressBook: readonly Readonly<Record<string, string>>[];
}

/** A caller who reads what the wire says and no placeholders. `example` is the contact of the documented routes’ examples. */
async function caller(options: Parameters<typeof createMock>[0] = {}) {
  const mock = createMock({ apis: ['canvara'], nulls: 'wire', ...options });
  const { routes } = (await (await mock.fetch('http://mock/__admin/routes')).json()) as { routes: { example: { path: string } }[] };
  const example = /contacts\/([^/]+)/.exec(routes[0]!.example.path)![1]!;
  const get = async <T>(path: string): Promise<T> => {
    const response = await mock.fetch(`http://mock${path}`);
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  };
  const list = (id: string, query = '') => get<Listed>(`/api/contacts/${id}/connections.json${query}`);
  const links = (id: string) => get<Links>(`/api/contacts/${id}/links.json`);
  return { mock, example, list, links };
}

const undashed = (guid: string): string => guid.replaceAll('-', '');
const names = ({ Connections }: Listed): string[] => Connections.map(({ Contact }) => Contact.ContactFullName);

test('the example contact has connections in every status, incoming and outgoing requests, and suggested ones', async () => {
  const { example, list } = await caller();
  const { Connections, TotalConnections } = await list(example, '?IncludeRemoved=true');
  expect(new Set(Connections.map((connection) => connection.ConnectionStatusName))).toEqual(new Set(['Active', 'Pending', 'Removed']));
  expect(TotalConnections).toBe(Connections.length);
  const pending = Connections.filter((connection) => connection.IsConnectionRequest);
  expect(new Set(pending.map((connection) => connection.IsIncoming))).toEqual(new Set([true, false]));
  expect(pending.some((connection) => connection.SuggesterContact !== null)).toBe(true);
});

test('removed connections are listed when they are asked for, and only then', async () => {
  const { example, list } = await caller();
  const [plain, whole] = [await list(example), await list(example, '?IncludeRemoved=true')];
  expect(plain.Connections).toEqual(whole.Connections.filter((connection) => connection.ConnectionStatusName !== 'Removed'));
  expect(plain.TotalConnections).toBe(plain.Connections.length);
  expect(whole.TotalConnections).toBeGreaterThan(plain.TotalConnections);
});

test('a pending connection has the id of its request, another that of itself', async () => {
  const { example, list } = await caller();
  for (const connection of (await list(example, '?IncludeRemoved=true')).Connections) {
    const isPending = connection.ConnectionStatusName === 'Pending';
    expect(connection.IsConnectionRequest).toBe(isPending);
    expect(connection.ConnectionRequestId !== null).toBe(isPending);
    expect(connection.ConnectionId !== null).toBe(!isPending);
    expect(connection.FromDate !== null).toBe(!isPending);
    if (!isPending) expect([connection.IsIncoming, connection.SuggesterContact]).toEqual([false, null]);
    expect(connection.Contact.IsRemovedContact).toBe(connection.ConnectionStatusName === 'Removed');
    expect(connection.AllowCancel).toBe(isPending && !connection.IsIncoming);
    expect(connection.AllowRemove).toBe(connection.ConnectionStatusName === 'Active');
  }
});

test('both ends see one connection, each from its own side', async () => {
  const { example, list } = await caller();
  for (const mine of (await list(example, '?IncludeRemoved=true')).Connections) {
    const { Connections } = await list(mine.Contact.ContactId, '?IncludeRemoved=true');
    const theirs = Connections.find(
      (one) => one.ConnectionId === mine.ConnectionId && one.ConnectionRequestId === mine.ConnectionRequestId,
    )!;
    expect(theirs).toMatchObject({
      Contact: { ContactId: mine.RequestorContactId, ContactFullName: mine.RequestorContactName },
      ContactRoleId: mine.RequestorRoleId,
      ContactRoleName: mine.RequestorRoleName,
      RequestorContactId: mine.Contact.ContactId,
      RequestorRoleId: mine.ContactRoleId,
      ConnectionStatusId: mine.ConnectionStatusId,
      IsIncoming: mine.IsConnectionRequest && !mine.IsIncoming,
      FromDate: mine.FromDate,
    });
  }
});

test('pages divide the whole list, count from 1, and tell how many there are in all', async () => {
  const { example, list } = await caller();
  const { Connections, TotalConnections } = await list(example);
  for (const size of [1, 2, 3, 100]) {
    const pages: Model[] = [];
    for (let page = 1; page <= Math.ceil(TotalConnections / size); page++) {
      const answer = await list(example, `?IsPagedMode=true&PageNumber=${page}&PageSize=${size}`);
      expect(answer.TotalConnections).toBe(TotalConnections);
      expect(answer.Connections.length).toBeLessThanOrEqual(size);
      pages.push(...answer.Connections);
    }
    expect(pages).toEqual(Connections);
  }
  const first = await list(example, '?IsPagedMode=true&PageNumber=1&PageSize=2');
  for (const none of ['', '&PageNumber=0', '&PageNumber=-1'])
    expect(await list(example, `?IsPagedMode=true&PageSize=2${none}`)).toEqual(first);
  expect((await list(example, '?IsPagedMode=true&PageNumber=99&PageSize=2')).Connections).toEqual([]);
  expect((await list(example, '?IsPagedMode=true')).Connections).toEqual(Connections);
});

test('without paged mode the page is not looked at', async () => {
  const { example, list } = await caller();
  expect(await list(example, '?PageNumber=2&PageSize=1')).toEqual(await list(example));
});

test('the list is in the order of names, or of any documented member, in either direction', async () => {
  const { example, list } = await caller();
  const plain = await list(example, '?IncludeRemoved=true');
  expect(names(plain)).toEqual(names(plain).toSorted((left, right) => (left < right ? -1 : 1)));
  for (let index = 0; index <= 20; index++) {
    const rising = await list(example, `?IncludeRemoved=true&SortIndex=${index}&SortOrder=Ascending`);
    const falling = await list(example, `?IncludeRemoved=true&SortIndex=${index}&SortOrder=Descending`);
    expect(falling.Connections).toEqual(rising.Connections.toReversed());
    expect(rising.Connections.length).toBe(plain.Connections.length);
  }
  const byStatus = await list(example, '?IncludeRemoved=true&SortIndex=12');
  expect(byStatus.Connections.map((connection) => connection.ConnectionStatusName)).toEqual(
    plain.Connections.map((connection) => connection.ConnectionStatusName).toSorted(),
  );
  expect(await list(example, '?IncludeRemoved=true&SortOrder=1')).toEqual(await list(example, '?IncludeRemoved=true&SortOrder=descending'));
});

test('ContactTypeId narrows the list to contacts of a type; the zero Guid is any', async () => {
  const { example, list } = await caller();
  const plain = await list(example);
  const types = new Set(plain.Connections.map(({ Contact }) => Contact.ContactTypeId));
  expect(types.size).toBeGreaterThan(1);
  for (const type of types) {
    const { Connections, TotalConnections } = await list(example, `?ContactTypeId=${type}`);
    expect(Connections).toEqual(plain.Connections.filter(({ Contact }) => Contact.ContactTypeId === type));
    expect(TotalConnections).toBe(Connections.length);
  }
  expect(await list(example, `?ContactTypeId=${NO_ID}`)).toEqual(plain);
  expect(await list(example, '?ContactTypeId=7d444840-9dc0-11d1-b245-5ffdce74fad2')).toEqual({
    ...plain,
    Connections: [],
    TotalConnections: 0,
  });
});

test('what a requestor may do depends on who it is; what is listed does not', async () => {
  const { example, list } = await caller();
  const plain = await list(example);
  expect(await list(example, `?RequestorContactId=${example}`)).toEqual(plain);
  const stranger = await list(example, '?RequestorContactId=7d444840-9dc0-11d1-b245-5ffdce74fad2');
  expect(stranger.Connections).toEqual(plain.Connections.map((connection) => ({ ...connection, AllowCancel: false, AllowRemove: false })));
  const incoming = plain.Connections.find((connection) => connection.IsIncoming)!;
  const asker = await list(example, `?RequestorContactId=${incoming.Contact.ContactId}`);
  expect(asker.Connections.filter((connection) => connection.AllowCancel)).toEqual([{ ...incoming, AllowCancel: true }]);
});

test('the two operations never contradict each other', async () => {
  const { mock, example, list, links } = await caller();
  const seen = new Set([example]);
  for (const id of seen) {
    const [{ Connections }, shown] = [await list(id), await links(id)];
    for (const { Contact } of Connections) seen.add(Contact.ContactId);
    expect(shown.ContactConnections).toHaveLength(Connections.length);
    shown.ContactConnections.forEach((link, i) => {
      const connection = Connections[i]!;
      expect(link).toMatchObject({
        ContactRoleId: connection.RequestorRoleId,
        ContactRoleName: connection.RequestorRoleName,
        ConnectionContactId: connection.Contact.ContactId,
        ConnectionContactName: connection.Contact.ContactFullName,
        ConnectionContactRoleId: connection.ContactRoleId,
        ConnectionContactRoleName: connection.ContactRoleName,
        ConnectionContactPhotoURL: connection.Contact.ProfilePhotoUrl,
        ConnectionStatusId: connection.ConnectionStatusId,
        ConnectionStatusName: connection.ConnectionStatusName,
        IsContactLicenseeRole: connection.RequestorRoleName === 'Licensee',
        IsConnectionLicenseeRole: connection.ContactRoleName === 'Licensee',
      });
      expect(undashed(link['ConnectionId'] as string)).toBe(connection.ConnectionId ?? undashed(NO_ID));
      expect(undashed(link['ConnectionRequestId'] as string)).toBe(connection.ConnectionRequestId ?? undashed(NO_ID));
      const role = shown.Roles.find(({ ContactRoleId }) => ContactRoleId === link['ContactRoleId']);
      expect(role).toMatchObject({ RoleId: link['ContactListItemRoleId'], RoleName: link['ContactRoleName'] });
    });
    const active = Connections.filter((connection) => connection.ConnectionStatusName === 'Active').map(({ Contact }) => Contact);
    expect(shown.EmailAddressBook).toEqual(
      active.map(({ ContactId, ContactFullName, EmailAddress, ProfilePhotoUrl }) => ({
        ContactId,
        ContactName: ContactFullName,
        EmailAddress,
        ContactPhotoURL: ProfilePhotoUrl,
      })),
    );
  }
  expect(seen.size).toBeGreaterThan(20);
  await mock.close();
  shows('canvara.GetConnectionsToContact', 'chosen');
  shows('canvara.ContactConnectedLinks', 'chosen');
});

test('the example contact has roles, links and an address book', async () => {
  const { example, links } = await caller();
  const { Roles, ContactConnections, EmailAddressBook } = await links(example);
  expect([Roles.length, ContactConnections.length, EmailAddressBook.length].every((length) => length > 0)).toBe(true);
});

test('every verb is answered alike', async () => {
  const { mock, example } = await caller();
  for (const path of [`/api/contacts/${example}/connections.json`, `/api/contacts/${example}/links.json`]) {
    const bodies = await Promise.all(
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(async (method) => {
        const response = await mock.fetch(`http://mock${path}`, { method });
        expect(response.status).toBe(200);
        return response.text();
      }),
    );
    expect(new Set(bodies).size).toBe(1);
  }
});

test.each(['connections', 'links'])('an unknown contact’s %s are a 404 in the operation’s own response type', async (what) => {
  const { mock } = await caller();
  const id = 'ffffffff-0000-4000-8000-000000000404';
  const response = await mock.fetch(`http://mock/api/contacts/${id}/${what}.json`);
  expect(response.status).toBe(404);
  const body = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(body)).toEqual(
    what === 'links'
      ? ['Roles', 'ContactConnections', 'EmailAddressBook', 'ResponseStatus']
      : ['Connections', 'TotalConnections', 'ResponseStatus'],
  );
  expect(body['ResponseStatus']).toMatchObject({ ErrorCode: 'NotFound', Message: `Contact ${id} does not exist` });
  shows(what === 'links' ? 'canvara.ContactConnectedLinks' : 'canvara.GetConnectionsToContact', 'negative');
});

test('a record that the test author lays over the world shows in both operations', async () => {
  const { mock, example, list, links } = await caller();
  const first = (await list(example)).Connections.find((connection) => connection.ConnectionStatusName === 'Active')!;
  const { ContactId } = first.Contact;
  const records = { 'canvara.contacts': { [ContactId]: { ContactFullName: '!Ada Sample', EmailAddress: 'ada@example.net' } } };
  const response = await mock.fetch('http://mock/__admin/state', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ records }),
  });
  expect(response.ok).toBe(true);
  expect((await list(example)).Connections[0]?.Contact).toMatchObject({
    ContactId,
    ContactFullName: '!Ada Sample',
    EmailAddress: 'ada@example.net',
  });
  const shown = await links(example);
  expect(shown.ContactConnections[0]).toMatchObject({ ConnectionContactName: '!Ada Sample' });
  expect(shown.EmailAddressBook[0]).toMatchObject({ ContactName: '!Ada Sample', EmailAddress: 'ada@example.net' });
  await mock.fetch('http://mock/__admin/reset', { method: 'POST' });
  expect((await list(example)).Connections.some((connection) => connection.Contact.ContactFullName === '!Ada Sample')).toBe(false);
});

test('in a world of one contact there is nobody to be connected to', async () => {
  const { example, list, links } = await caller({ scale: { 'canvara.contacts': 1 } });
  expect(await list(example)).toMatchObject({ Connections: [], TotalConnections: 0 });
  expect(await links(example)).toMatchObject({ ContactConnections: [], EmailAddressBook: [] });
});
