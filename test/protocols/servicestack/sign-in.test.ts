import { expect, test } from 'vitest';
import { createMock, type Mock } from '../../../src/mock.ts';

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

test('a refresh token sent as a bearer token says who it is and has no role', async () => {
  const mock = createMock({ auth: 'strict' });
  const { RefreshToken } = await signIn(mock);
  expect(await status(mock, path, bearer(RefreshToken))).toBe(403);
  expect(await status(mock, someone(mock), bearer(RefreshToken))).toBe(200);
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

test('a sign-in leads nowhere else', async () => {
  const body = new URLSearchParams({ UserName: 'worker', Password: 'worker', continue: 'https://elsewhere.example/' });
  const answer = await createMock().fetch('/auth/credentials', { method: 'POST', headers: { Accept: 'application/json' }, body });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});
