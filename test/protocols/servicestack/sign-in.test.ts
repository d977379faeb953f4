import { expect, test } from 'vitest';
import { createMock, type Mock } from '../../support/target.ts';

const path = '/v1/ContactConnections/1';
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const basic = (text: string) => ({ headers: { Authorization: `Basic ${btoa(text)}` } });
const status = async (mock: Pick<Mock, 'fetch'>, target: string, init?: RequestInit): Promise<number> =>
  (await mock.fetch(target, init)).status;

async function signIn(
  mock: Pick<Mock, 'fetch'>,
  name = 'worker',
  more: object = {},
): Promise<{ answer: Response; BearerToken: string; RefreshToken: string }> {
  const body = JSON.stringify({ UserName: name, Password: name, ...more });
  const answer = await mock.fetch('/auth/credentials', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return { answer, ...((await answer.json()) as { BearerToken: string; RefreshToken: string }) };
}
const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

const someone = (mock: Mock): string =>
  mock.routes().find(({ operation, method }) => operation === 'canvara.ContactConnectedLinks' && method === 'GET')!.example.path;

test('documented: Trendsic asks for a caller with one of its roles, Canvara asks nobody', async () => {
  const mock = createMock();
  expect(await status(mock, path)).toBe(401);
  expect(await status(mock, path, bearer('visitor'))).toBe(403);
  for (const name of ['worker', 'agent', 'administrator', 'admin'])
    expect([name, await status(mock, path, bearer(name))]).toEqual([name, 200]);
  expect(await status(mock, someone(mock))).toBe(200);
});

test('strict: Canvara asks for a caller too, whatever his roles; off: nobody asks', async () => {
  const strict = createMock({ auth: 'strict' });
  expect(await status(strict, someone(strict))).toBe(401);
  expect(await status(strict, someone(strict), bearer('visitor'))).toBe(200);
  const off = createMock({ auth: 'off' });
  expect(await status(off, path)).toBe(200);
  expect(await status(off, someone(off))).toBe(200);
});

test('a 401 has no body in any format, and names the first provider', async () => {
  const mock = createMock({ auth: 'strict' });
  for (const format of ['json', 'xml', 'jsv', 'csv', 'jsonl']) {
    const answer = await mock.fetch(`${path}.${format}`);
    expect([format, answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([format, 401, '', null]);
    expect(answer.headers.get('www-authenticate')).toBe('jwt realm="/auth/jwt"');
  }
  expect((await mock.fetch(someone(mock))).headers.get('www-authenticate')).toBe('credentials realm="/auth/credentials"');
});

test('what follows @ in an API key does not concern the caller', async () => {
  expect(await status(createMock(), path, bearer('worker@elsewhere'))).toBe(200);
});

test('Basic signs in a user by name and password, and tells a wrong password from none', async () => {
  const mock = createMock();
  expect(await status(mock, path, basic('worker:worker'))).toBe(200);
  const wrong = await mock.fetch(path, basic('worker:nope'));
  expect([wrong.status, wrong.statusText]).toEqual([401, 'Invalid Username or Password']);
  expect(await wrong.json()).toMatchObject({ ResponseStatus: { ErrorCode: 'Unauthorized' } });
  expect(await (await mock.fetch(path, basic('worker'))).text()).toBe('');
});

test('the journal names the caller', async () => {
  const mock = createMock();
  for (const init of [bearer('agent'), basic('agent:agent')]) {
    const id = (await mock.fetch(path, init)).headers.get('x-mock-request-id');
    expect(await (await mock.fetch(`/__admin/requests/${id}`)).json()).toMatchObject({ caller: 'agent' });
  }
});

test('a sign-in gives a JWT and a session that are both accepted', async () => {
  const mock = createMock();
  const { answer, BearerToken } = await signIn(mock);
  expect(await status(mock, path, bearer(BearerToken))).toBe(200);
  expect(await status(mock, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(200);
});

test('tokens and sessions are valid in their world only', async () => {
  const mock = createMock();
  const [here, there] = [mock.world('here'), mock.world('there')];
  const { answer, BearerToken } = await signIn(here);
  await signIn(there, 'agent');
  expect(await status(here, path, bearer(BearerToken))).toBe(200);
  expect(await status(there, path, bearer(BearerToken))).toBe(401);
  expect(await status(there, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(401);
});

test('a reset forgets sessions', async () => {
  const world = createMock().world('reset');
  const { answer } = await signIn(world);
  await world.reset();
  expect(await status(world, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(401);
});

test('a world keeps its latest sessions; that the oldest are forgotten is told once', async () => {
  const told: string[] = [];
  const mock = createMock({ log: (event) => void (event.event === 'note' && told.push(event.message)) });
  const world = mock.world('many');
  const seen = async (answer: Response) => status(world, path, { headers: { Cookie: cookiesOf(answer) } });
  const answers: Response[] = [];
  for (let i = 0; i < 500; i++) answers.push((await signIn(world)).answer);
  expect([await seen(answers[0]!), told]).toEqual([200, []]);
  for (let i = 0; i < 3; i++) answers.push((await signIn(world)).answer);
  expect(await Promise.all([0, 2, 3, 4, 502].map((i) => seen(answers[i]!)))).toEqual([401, 401, 200, 200, 200]);
  expect(told).toEqual(['The world "many" holds as many sign-in sessions as it may: from now on the oldest are forgotten first.']);
  expect(await status(mock.world('other'), path, { headers: { Cookie: cookiesOf((await signIn(mock.world('other'))).answer) } })).toBe(200);
});

test('a session under an id that a caller chose weighs what the id does', async () => {
  const world = createMock().world('long');
  const under = (id: string) => ({ headers: { 'X-ss-id': id } });
  const first = (await signIn(world)).answer;
  const body = JSON.stringify({ UserName: 'worker', Password: 'worker' });
  const chosen = async (id: string) =>
    status(world, '/auth/credentials?state=1', { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-ss-id': id } });
  const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(20_000));
  for (const id of ids) expect(await chosen(id)).toBe(200);
  expect(await status(world, path, { headers: { Cookie: cookiesOf(first) } })).toBe(401);
  expect(await Promise.all(ids.map((id) => status(world, path, under(id))))).toEqual([401, 200, 200]);
});

test('two runs hand out the same session ids and tokens', async () => {
  const [first, second] = await Promise.all([signIn(createMock()), signIn(createMock())]);
  expect(second.BearerToken).toBe(first.BearerToken);
  expect(cookiesOf(second.answer)).toBe(cookiesOf(first.answer));
});

test('tokens and sessions expire by the world’s clock, after the lifetime that was asked for', async () => {
  const world = createMock({ tokenLifetime: 60 }).world('clock');
  const { answer, BearerToken, RefreshToken } = await signIn(world);
  const advance = (seconds: number) =>
    world.fetch('/__admin/clock', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ advance: seconds }),
    });
  await advance(59);
  expect(await status(world, path, bearer(BearerToken))).toBe(200);
  await advance(1);
  const expired = await world.fetch(path, bearer(BearerToken));
  expect(await expired.json()).toMatchObject({ ResponseStatus: { ErrorCode: 'TokenException', Message: 'Token has expired' } });
  expect(await status(world, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(401);
  const body = JSON.stringify({ RefreshToken });
  const renewed = await world.fetch('/access-token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const { AccessToken } = (await renewed.json()) as { AccessToken: string };
  expect(await status(world, path, bearer(AccessToken))).toBe(200);
});

test('--token-lifetime service: two weeks, as the framework has it', async () => {
  const world = createMock({ tokenLifetime: 'service' }).world('clock');
  const { BearerToken } = await signIn(world);
  const claims = JSON.parse(atob(BearerToken.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as { iat: number; exp: number };
  expect(claims.exp - claims.iat).toBe(14 * 86_400);
});

test('a token that was tampered with is no token', async () => {
  const mock = createMock();
  const [header, , signature] = (await signIn(mock)).BearerToken.split('.') as [string, string, string];
  const forged = btoa(JSON.stringify({ sub: '4', exp: 9_999_999_999 })).replaceAll('=', '');
  expect(await status(mock, path, bearer(`${header}.${forged}.${signature}`))).toBe(401);
});

test('a refresh token sent as a bearer token opens what its user may, and names nobody', async () => {
  const mock = createMock({ auth: 'strict' });
  const [worker, visitor] = [await signIn(mock), await signIn(mock, 'visitor')];
  expect(await status(mock, path, bearer(worker.RefreshToken))).toBe(200);
  expect(await status(mock, path, bearer(visitor.RefreshToken))).toBe(403);
  const who = await (
    await mock.fetch('/auth', { headers: { Authorization: `Bearer ${worker.RefreshToken}`, Prefer: 'nulls=wire' } })
  ).json();
  expect(who).toMatchObject({ UserId: '1', DisplayName: '', AuthProvider: 'jwt' });
  expect(Object.keys(who as object)).not.toEqual(expect.arrayContaining(['UserName']));
  expect(Object.keys(who as object)).not.toEqual(expect.arrayContaining(['Roles']));
});

const parts = (token: string): object[] =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);

test('tokens have the header and the claims of the framework', async () => {
  const { BearerToken, RefreshToken } = await signIn(createMock());
  expect(parts(BearerToken)).toMatchObject([
    { typ: 'JWT', alg: 'HS256', kid: 'AQI' },
    { iss: 'ssjwt', sub: 1, jti: 1, name: 'worker', preferred_username: 'worker', roles: ['Worker'] },
  ]);
  expect(parts(RefreshToken)).toMatchObject([
    { typ: 'JWTR', alg: 'HS256', kid: 'AQI' },
    { sub: 1, jti: -1 },
  ]);
});

test('a caller with a token has no list of permissions, every other has an empty one', async () => {
  const mock = createMock();
  const { BearerToken } = await signIn(mock);
  const permissions = async (address: string, init: RequestInit): Promise<unknown> =>
    ((await (await mock.fetch(address, init)).json()) as { Permissions?: unknown }).Permissions;
  expect(await permissions('/auth', bearer(BearerToken))).toBeUndefined();
  expect(await permissions('/auth', basic('worker:worker'))).toEqual([]);
  expect(await permissions('/api/auth', basic('worker:worker'))).toEqual([]);
});

test('a refresh token in a cookie is as good as a bearer token, and brings one along', async () => {
  const mock = createMock();
  const { RefreshToken } = await signIn(mock);
  const headers = { Cookie: `ss-reftok=${RefreshToken}` };
  const answer = await mock.fetch(path, { headers });
  expect(answer.status).toBe(200);
  expect(await status(mock, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(200);
  const renewed = await mock.fetch('/access-token', { method: 'POST', headers });
  expect([renewed.status, await renewed.json(), cookiesOf(renewed)]).toEqual([200, {}, expect.stringContaining('ss-tok=ey')]);
});

test('a refresh token in a cookie that is worth nothing is taken away', async () => {
  const answer = await createMock().fetch(path, { headers: { Cookie: 'ss-reftok=a.b.c' } });
  expect(answer.status).toBe(401);
  expect(answer.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^ss-reftok=; expires=Thu, 01 Jan 1970/));
});

test('a malformed token cookie is an error, whatever else is sent', async () => {
  const answer = await createMock().fetch(path, { headers: { ...basic('worker:worker').headers, Cookie: 'ss-tok=a.b.c' } });
  expect(await answer.json()).toMatchObject({ ResponseStatus: { Message: 'Illegal base64url string!' } });
  expect(answer.status).toBe(500);
});

test('a sign-in works at every clock that a world takes', async () => {
  const { answer, BearerToken } = await signIn(createMock({ clock: '9999-12-31T23:59:59Z' }));
  expect(answer.headers.getSetCookie().join()).toContain('expires=Fri, 31 Dec 9999 23:59:59 GMT');
  const mock = createMock({ clock: '9999-12-31T23:59:59Z' });
  await signIn(mock);
  expect(await status(mock, path, bearer(BearerToken))).toBe(200);
});

test('a token cookie that has expired is taken away, so that its browser can sign in again', async () => {
  const mock = createMock({ tokenLifetime: 60 });
  const { BearerToken } = await signIn(mock);
  await mock.fetch('/__admin/clock', { method: 'PUT', body: '{"advance":61}' });
  const answer = await mock.fetch(path, { headers: { Cookie: `ss-tok=${BearerToken}` } });
  expect(answer.status).toBe(401);
  expect(answer.headers.getSetCookie().some((line) => line.startsWith('ss-tok=; expires=Thu, 01 Jan 1970'))).toBe(true);
});

test('RememberMe moves the session to the permanent cookie', async () => {
  const mock = createMock();
  const { answer } = await signIn(mock, 'worker', { RememberMe: true });
  const cookies = cookiesOf(answer);
  expect(cookies).toContain('ss-opt=perm');
  expect(await status(mock, path, { headers: { Cookie: cookies.replace(/ss-id=[^;]+; /, '') } })).toBe(200);
});

test('/auth says who is signed in, /auth/logout ends it', async () => {
  const mock = createMock();
  const { answer } = await signIn(mock, 'agent');
  const headers = { Cookie: cookiesOf(answer) };
  expect(await (await mock.fetch('/auth', { headers })).json()).toMatchObject({
    UserName: 'agent',
    Roles: ['Agent'],
    AuthProvider: 'credentials',
  });
  await mock.fetch('/auth/logout', { method: 'POST', headers });
  expect(await status(mock, '/auth', { headers })).toBe(401);
});

test('a session becomes a token in a cookie', async () => {
  const mock = createMock();
  const { answer } = await signIn(mock);
  const converted = await mock.fetch('/session-to-token', { method: 'POST', headers: { Cookie: cookiesOf(answer) } });
  expect(await status(mock, path, { headers: { Cookie: cookiesOf(converted) } })).toBe(200);
  expect(await status(mock, path, { headers: { Cookie: cookiesOf(answer) } })).toBe(401);
});

test('a browser is sent to sign in, signs in, and comes back', async () => {
  const mock = createMock();
  const accept = { Accept: 'text/html' };
  const refused = await mock.fetch(path, { headers: accept, redirect: 'manual' });
  expect([refused.status, refused.headers.get('location')]).toEqual([
    302,
    'http://mock/login?redirect=http%3a%2f%2fmock%2fv1%2fContactConnections%2f1',
  ]);
  const body = new URLSearchParams({ UserName: 'worker', Password: 'worker', continue: path });
  const signedIn = await mock.fetch('/auth/credentials', { method: 'POST', headers: accept, body, redirect: 'manual' });
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([302, path]);
  expect(await status(mock, path, { headers: { ...accept, Cookie: cookiesOf(signedIn) } })).toBe(200);
});

const signInBy = (mock: Pick<Mock, 'fetch'>, fields: Record<string, string>, headers: Record<string, string> = { Accept: 'text/html' }) =>
  mock.fetch('/auth/credentials', { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' });
const WORKER = { UserName: 'worker', Password: 'worker' };

test.each([
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '\\\\elsewhere.example',
  '/\t/elsewhere.example',
  ' //elsewhere.example',
  'https:elsewhere.example',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:http://mock/x',
  'http://mock@elsewhere.example/',
  'http://mock.elsewhere.example/',
  'http://mock:81/',
  'https://mock/',
])('a sign-in does not lead to %j', async (address) => {
  for (const name of ['continue', 'ReturnUrl', 'redirect']) {
    const answer = await signInBy(createMock(), { ...WORKER, [name]: address });
    expect([answer.status, answer.statusText, answer.headers.get('location')]).toEqual([400, 'ArgumentException', null]);
  }
});

test.each([
  ['/metadata', '/metadata'],
  ['http://mock/metadata', 'http://mock/metadata'],
  ['there?a=b#c', 'there?a=b#c'],
  ['/é\r\nSet-Cookie: a=b', 'http://mock/%C3%A9Set-Cookie:%20a=b'],
])('a sign-in leads to %j', async (address, location) => {
  const answer = await signInBy(createMock(), { ...WORKER, continue: address });
  expect([answer.status, answer.statusText, answer.headers.get('location'), answer.headers.get('content-type')]).toEqual([
    302,
    'Found',
    location,
    'text/html',
  ]);
});

test('a return address in a JSON body is not looked at', async () => {
  const { answer } = await signIn(createMock(), 'worker', { ReturnUrl: '//elsewhere.example' });
  expect(answer.status).toBe(200);
});

test('empty credentials are told before a foreign return address, a wrong password after it', async () => {
  const foreign = { continue: '//elsewhere.example' };
  const json = { Accept: 'application/json' };
  expect((await signInBy(createMock(), { UserName: 'worker', ...foreign }, json)).status).toBe(500);
  expect((await signInBy(createMock(), { UserName: 'worker', Password: 'nope', ...foreign }, json)).status).toBe(400);
});

test('a browser whose sign-in failed goes back with the reason in the fragment', async () => {
  const answer = await signInBy(createMock(), { UserName: 'worker', Password: 'nope', continue: '/x' });
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/x#f=Invalid+Username+or+Password']);
});

test('a browser that signs out goes where it asked to; a sign-out that fails leaves its cookies alone', async () => {
  const mock = createMock();
  const leave = (address: string) =>
    mock.fetch(`/auth/logout?continue=${encodeURIComponent(address)}`, { headers: { Accept: 'text/html' }, redirect: 'manual' });
  const answer = await leave('/login');
  expect([answer.status, answer.statusText, answer.headers.get('location')]).toEqual([302, 'Moved Temporarily', '/login']);
  const failed = await leave('//elsewhere.example');
  expect(failed.status).toBe(400);
  expect(cookiesOf(failed)).not.toContain('ss-tok');
});

test.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('/auth/logout is not there for %s', async (method) => {
  expect(await status(createMock(), '/auth/logout', { method })).toBe(404);
});

test('the answer to a sign-in is one role a line in JSON Lines, and an error where it has no roles', async () => {
  const mock = createMock();
  const inLines = (address: string, body: object) =>
    mock.fetch(`${address}?format=jsonl`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  expect(await (await inLines('/auth/credentials', WORKER)).text()).toBe('"Worker"\n');
  const refused = await inLines('/auth/credentials', { ...WORKER, Password: 'nope' });
  expect([refused.status, refused.statusText, await refused.json()]).toMatchObject([
    500,
    'Unauthorized',
    { ResponseStatus: { ErrorCode: 'NullReferenceException' } },
  ]);
});

test('a page on localhost that calls 127.0.0.1 is told why its cookie did not come along', async () => {
  const mock = createMock();
  const explained = async (address: string, headers: Record<string, string>): Promise<string> => {
    const id = (await mock.fetch(address + path, { headers })).headers.get('x-mock-request-id');
    return ((await (await mock.fetch(`/__admin/requests/${id}`)).json()) as { explanation: { message: string } }).explanation.message;
  };
  const page = { Origin: 'http://localhost:5173' };
  expect(await explained('http://127.0.0.1:4010', page)).toContain('Call the mock at http://localhost:4010');
  expect(await explained('http://localhost:4010', page)).toContain('asks for a caller');
});

test('cookies are secure where the caller came by https, and hold below the address of their world', async () => {
  const mock = createMock();
  const [line] = (await mock.fetch(path, { headers: { 'X-Forwarded-Proto': 'https' } })).headers.getSetCookie();
  expect(line).toMatch(/; path=\/; secure; samesite=lax; httponly$/);
  const server = await mock.listen();
  const lines = (await fetch(`${server.url}/__worlds/one${path}`)).headers.getSetCookie();
  await server.close();
  expect(lines).toHaveLength(2);
  for (const each of lines) expect(each).toMatch(/; path=\/__worlds\/one; samesite=lax; httponly$/);
});

test('behind a trusted proxy that cuts a prefix off, cookies and links have it', async () => {
  const mock = createMock({ trustProxy: true });
  const headers = { 'X-Forwarded-Prefix': '/contacts', 'X-Forwarded-Host': 'outer.example', Accept: 'text/html' };
  const refused = await mock.fetch(path, { headers, redirect: 'manual' });
  expect(refused.headers.get('location')).toMatch(/^http:\/\/outer\.example\/contacts\/login\?redirect=/);
  for (const line of refused.headers.getSetCookie()) expect(line).toContain('; path=/contacts; ');
  expect(await (await mock.fetch('/metadata', { headers })).text()).toContain('href="/contacts/types"');
});
