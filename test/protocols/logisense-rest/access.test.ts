import { describe, expect, test } from 'vitest';
import type { Mock } from '../../../src/mock.ts';
import { asking } from './asking.ts';

const LOGIN = '/AuthorizationServer/api/v6/Access/Login';
const FORM = { username: 'worker', password: 'worker', grant_type: 'password', client_id: '044b8ad6006845c29446b2f18e5b5909' };

const login = async (mock: Mock, form: Record<string, string>, path = LOGIN, headers: Record<string, string> = {}) => {
  const response = await mock.fetch(`http://mock${path}`, { method: 'POST', body: new URLSearchParams(form), headers });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return { status: response.status, body: (await response.json()) as any };
};
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('sign-in', () => {
  test('works at the last second that a clock takes', async () => {
    const { mock } = asking({ auth: 'strict', clock: '9999-12-31T23:59:59Z' });
    const { body } = await login(mock, FORM);
    expect(body['.expires']).toBe('9999-12-31T23:59:59Z');
    expect((await mock.fetch('http://mock/Contact/1', bearer(body.access_token))).status).toBe(200);
  });

  test('answers with a pair of tokens, in the documented members', async () => {
    const { mock } = asking({ tokenLifetime: 'service' });
    const { status, body } = await login(mock, FORM);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual([
      'access_token',
      'refresh_token',
      'token_type',
      'expires_in',
      'audience',
      '.issued',
      '.expires',
      'actingOwnerId',
    ]);
    expect(body).toMatchObject({
      token_type: 'bearer',
      expires_in: 1800,
      audience: FORM.client_id,
      '.issued': '2026-01-01T00:00:00Z',
      '.expires': '2026-01-01T00:30:00Z',
      actingOwnerId: 1,
    });
    expect(JSON.parse(Buffer.from(body.access_token.split('.')[0], 'base64url').toString())).toMatchObject({ alg: 'HS512' });
    expect(claimsOf(body.access_token)).toEqual({
      ownerId: '1',
      actingOwnerId: '1',
      userId: '1',
      roleId: '1',
      isInteractive: 'False',
      unique_name: 'worker',
      sub: 'worker',
      iss: 'http://authorizationserver.logisense.com',
      aud: FORM.client_id,
      exp: 1767227400,
      nbf: 1767225600,
    });
    expect(claimsOf(body.refresh_token).refreshTokenGuid).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each(['/AuthorizationServer/Access/Login', '/authorizationserver/API/v10/access/login/'])('at %s too', async (path) => {
    expect((await login(asking().mock, FORM, path)).status).toBe(200);
  });

  test('with a client secret, which is a user’s name here', async () => {
    const { mock } = asking();
    const { body } = await login(mock, { client_secret: 'agent', grant_type: 'password', client_id: 'x' });
    expect(claimsOf(body.access_token).unique_name).toBe('agent');
  });

  test.each([
    [{ ...FORM, password: 'wrong' }, 'invalid_grant'],
    [{ ...FORM, username: 'nobody' }, 'invalid_grant'],
    [{ ...FORM, grant_type: 'implicit' }, 'unsupported_grant_type'],
    [{ username: 'worker', password: 'worker', grant_type: 'password' }, 'invalid_client'],
    [{ client_id: 'x', grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    [{ client_id: 'x', grant_type: 'password', client_secret: 'nobody' }, 'invalid_grant'],
  ])('refuses %j', async (form: Record<string, string>, error) => {
    const { status, body } = await login(asking().mock, form);
    expect([status, body.error]).toEqual([400, error]);
    expect(body.error_description).toEqual(expect.any(String));
  });

  test('takes a form by POST alone', async () => {
    const { ask } = asking();
    expect((await ask('GET', LOGIN)).status).toBe(405);
    expect((await ask('POST', LOGIN, { body: FORM })).body.error).toBe('invalid_request');
  });
});

describe('--auth strict', () => {
  const { ask, mock } = asking({ auth: 'strict', tokenLifetime: 'service' });

  test('asks who calls', async () => {
    for (const headers of [
      {},
      { Authorization: 'Bearer nobody' },
      { Authorization: `Basic ${btoa('worker:wrong')}` },
      { Authorization: 'Basic %%' },
      { Authorization: 'Bearer a.b.c' },
      { Authorization: 'worker' },
    ]) {
      const answer = await ask('GET', '/Contact/1', { headers });
      expect([answer.status, answer.body]).toEqual([401, { message: 'Authorization has been denied for this request.' }]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await ask('POST', '/Contact/', { body: {} })).status).toBe(401);
    expect((await ask('GET', '/Contact/Metadata')).status).toBe(401);
  });

  test('takes the plain name of a user, also with a world behind it', async () => {
    expect((await ask('GET', '/Contact/1', bearer('worker'))).status).toBe(200);
    expect((await ask('GET', '/Contact/1', bearer('visitor@tests'))).status).toBe(200);
  });

  test('takes a name and password from an address pasted into a browser', async () => {
    expect((await ask('GET', '/Contact/1', { headers: { Authorization: `Basic ${btoa('worker:worker')}` } })).status).toBe(200);
  });

  test('takes a token until it expires by the world’s clock, then its refresh', async () => {
    const { ask, mock } = asking({ auth: 'strict', tokenLifetime: 'service' });
    const first = (await login(mock, FORM)).body;
    expect((await ask('GET', '/Contact/1', bearer(first.access_token))).status).toBe(200);
    expect((await ask('GET', '/Contact/1', bearer(first.refresh_token))).status).toBe(401);
    mock.clock.advance(1799);
    expect((await ask('GET', '/Contact/1', bearer(first.access_token))).status).toBe(200);
    const { status, body } = await login(mock, {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
      client_id: FORM.client_id,
    });
    expect(status).toBe(200);
    mock.clock.advance(2);
    expect((await ask('GET', '/Contact/1', bearer(first.access_token))).status).toBe(401);
    expect((await ask('GET', '/Contact/1', bearer(body.access_token))).status).toBe(200);
    expect(
      (await login(mock, { grant_type: 'refresh_token', refresh_token: first.refresh_token, client_id: FORM.client_id })).body.error,
    ).toBe('invalid_grant');
  });

  test('takes a token in its own world only, and none that was tampered with', async () => {
    const { body } = await login(mock, FORM);
    expect((await ask('GET', '/Contact/1', bearer(body.access_token))).status).toBe(200);
    expect(
      (await ask('GET', '/Contact/1', { headers: { Authorization: `Bearer ${body.access_token}`, 'X-Mock-World': 'other' } })).status,
    ).toBe(401);
    const [head, , signature] = body.access_token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claimsOf(body.access_token), exp: 9e9 })).toString('base64url');
    expect((await ask('GET', '/Contact/1', bearer(`${head}.${forged}.${signature}`))).status).toBe(401);
  });

  test('the journal names the caller', async () => {
    const answer = await ask('GET', '/Contact/1', bearer('agent'));
    expect(mock.requests.get(answer.body.trackingId)?.caller).toBe('agent');
  });
});

test.each(['documented', 'off'] as const)('--auth %s asks nobody', async (auth) => {
  const { ask } = asking({ auth });
  for (const headers of [{}, { Authorization: 'Bearer nobody' }] as Record<string, string>[])
    expect((await ask('GET', '/Contact/1', { headers })).status).toBe(200);
});
