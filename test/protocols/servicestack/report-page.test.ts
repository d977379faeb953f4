/** What browsers get: the report page of an answer, and the page that signs them in. */
import { expect, test } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { linksOf, textOf } from '../../support/page.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const mock = createMock();
const browse = (path: string, init: RequestInit = {}): Promise<Response> =>
  mock.fetch(`http://mock${path}`, {
    redirect: 'manual',
    ...init,
    headers: { Accept: BROWSER, ...(init.headers as Record<string, string>) },
  });

const signedIn = { headers: { Authorization: 'Bearer worker' } };

test('a browser gets a report with every member of the answer, titled with the operation and the world’s time', async () => {
  const answer = await browse('/v1/ContactConnections/5', signedIn);
  expect(answer.headers.get('content-type')).toBe('text/html');
  const page = await answer.text();
  expect(page).toContain('<title>ContactConnectionRequest Snapshot of 2026-01-01 00:00:00</title>');
  const json = (await (await mock.fetch('http://mock/v1/ContactConnections/5', signedIn)).json()) as { Contact: Record<string, unknown>[] };
  expect(json.Contact.length).toBeGreaterThan(1);
  for (const name of Object.keys(json.Contact[0]!)) expect(page, name).toContain(`<th scope="col">${name}</th>`);
  for (const contact of json.Contact) expect(textOf(page)).toContain(String(contact['Name']));
});

test('the report links to the same answer in every other format', async () => {
  const page = await (await browse('/v1/ContactConnections/5.html?AgentId=3&format=html', signedIn)).text();
  const links = linksOf(page).filter((link) => link.startsWith('/v1/'));
  expect(links).toEqual(['json', 'xml', 'jsv', 'csv', 'jsonl'].map((format) => `/v1/ContactConnections/5?AgentId=3&format=${format}`));
  for (const link of links) expect((await mock.fetch(`http://mock${link}`, signedIn)).status).toBe(200);
});

test('a report needs no script and nothing from elsewhere, and escapes what it shows', async () => {
  const hostile = '<script>alert("x")</script>';
  const written = await mock.fetch('http://mock/v1/ContactConnections/9', {
    method: 'PUT',
    headers: { Authorization: 'Bearer worker', 'Content-Type': 'application/json' },
    body: JSON.stringify({ Contact: [{ FirstName: hostile, LastName: 'O’Hara & Sons' }] }),
  });
  expect(written.status).toBe(200);
  const page = await (await browse('/v1/ContactConnections/9', signedIn)).text();
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/<link rel="stylesheet"|src=|url\(|@import/);
  expect(textOf(page)).toContain(hostile);
  expect(textOf(page)).toContain('O’Hara & Sons');
});

test('an error is reported, too', async () => {
  const answer = await browse('/api/contacts/abc/connections');
  expect(answer.status).toBe(400);
  const text = textOf(await answer.text());
  expect(text).toContain('SerializationException');
  expect(text).toContain("'abc' is an Invalid value for 'ContactId'");
});

test.each(['', '/api'])('%s/login lists the users and leads where the caller wanted to go', async (base) => {
  const page = await (await browse(`${base}/login?redirect=${encodeURIComponent('http://mock/v1/ContactConnections/5?AgentId=3')}`)).text();
  for (const name of ['worker', 'agent', 'administrator', 'admin', 'visitor']) expect(page).toContain(`Sign in as ${name}`);
  expect(page).toContain('<input type="hidden" name="continue" value="/v1/ContactConnections/5?AgentId=3">');
  expect(page).toContain(`action="${base}/auth/credentials"`);
});

test('signing in through the form gives a session and goes on', async () => {
  const asked = await browse('/v1/ContactConnections/5?format=html');
  expect(asked.status).toBe(302);
  const login = new URL(asked.headers.get('location')!);
  const page = await (await browse(login.pathname + login.search)).text();
  const next = textOf(/name="continue" value="([^"]*)"/.exec(page)![1]!);
  const answer = await browse('/auth/credentials', {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ UserName: 'worker', Password: 'worker', continue: next }).toString(),
  });
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('/v1/ContactConnections/5?format=html');
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const report = await browse('/v1/ContactConnections/5?format=html', { headers: { Cookie: cookie } });
  expect(report.status).toBe(200);
  expect(await report.text()).toContain('ContactConnectionRequest Snapshot of');
});

test('/login says who is signed in and signs out; with continue it sends on whoever is', async () => {
  const anonymous = await (await browse('/login?continue=/types')).text();
  expect(anonymous).not.toContain('Signed in as');
  const page = await (await browse('/login?redirect=/types', signedIn)).text();
  expect(textOf(page)).toContain('Signed in as worker (Worker).');
  expect(page).toContain('action="/auth/logout"');
  const sent = await browse('/login?continue=/types', signedIn);
  expect([sent.status, sent.headers.get('location')]).toEqual([302, '/types']);
});

test.each([
  'https://evil.example/x',
  '//evil.example/x',
  '/\\evil.example',
  'javascript:alert(1)',
  'http://mock.evil.example/',
  'http://mock//evil.example/',
  'data:text/html,x',
])('no sign-in leads away from the mock: %s', async (redirect) => {
  const page = await (await browse(`/login?redirect=${encodeURIComponent(redirect)}`)).text();
  const next = textOf(/name="continue" value="([^"]*)"/.exec(page)![1]!);
  expect(next).toMatch(/^\/(?![/\\])/);
  expect(new URL(next, 'http://mock').origin).toBe('http://mock');
});
