import { expect, test } from 'vitest';
import { createMock } from '../../src/mock.ts';
import { version } from '../../src/version.ts';
import { toyMock } from '../support/toy.ts';

const mock = createMock();
const navigation = { headers: { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' } };

test('GET and HEAD of / are 200 for everybody: JSON for programs, a page for a browser that navigates', async () => {
  const forPrograms = await mock.fetch('/');
  expect([forPrograms.status, await forPrograms.json()]).toEqual([
    200,
    { name: 'contacts-mock', version: expect.any(String), health: '/__admin/health' },
  ]);
  expect((await mock.fetch('/', { method: 'HEAD' })).status).toBe(200);
  const page = await mock.fetch('/', navigation);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const text = await page.text();
  for (const part of ['Trendsic', 'Canvara', 'LogiSense', 'worker', 'href="/__admin"']) expect(text).toContain(part);
});

test('a browser at a path that nobody serves gets a page with the nearest operation; others get what they got', async () => {
  const page = await mock.fetch('/Contcat/1', navigation);
  expect(page.status).toBe(404);
  expect(page.headers.get('x-mock-served-by')).toBe('none');
  expect(await page.text()).toMatch(/The nearest is <code>GET \/Contact\/\{id\}<\/code>/);
  const plain = await mock.fetch('/Contcat/1');
  expect([plain.status, await plain.text()]).toEqual([404, '']);
});

test('what a caller sends is text on the page', async () => {
  const page = await (await mock.fetch('/<script>alert(1)</script>', navigation)).text();
  expect(page).not.toContain('<script>');
});

test('below a world the links of the page stay in it', async () => {
  const text = await (await mock.fetch('/__worlds/a/', navigation)).text();
  expect(text).toContain('href="/__worlds/a/__admin"');
  expect(text).toContain('action="/__worlds/a/auth/credentials"');
  expect(mock.world('a').requests()).toEqual([]);
});

test('/favicon.ico is answered and not journaled', async () => {
  const fresh = createMock();
  expect((await fresh.fetch('/favicon.ico')).status).toBe(204);
  expect(fresh.requests()).toEqual([]);
});

test('the call of each API on the page works, with a sign-in on the way where it needs one; so do the other links', async () => {
  const text = await (await mock.fetch('/__worlds/b/', navigation)).text();
  const cards = [...text.matchAll(/<li>\n<h3>(.*?)<\/h3>\n(.*?)<\/li>/gs)].map(([, title, card]) => [title!, card!] as const);
  expect(cards.map(([title]) => title)).toEqual(['Trendsic Platform Service', 'Canvara Platform API', 'LogiSense Billing API']);
  const unescaped = (value: string): string => value.replaceAll('&amp;', '&');
  for (const [title, card] of cards) {
    const action = /<form method="post" action="(.*?)">/.exec(card)?.[1];
    let address = unescaped(/<p><a href="(.*?)"><code>GET /.exec(card)?.[1] ?? '');
    let cookie = '';
    if (action !== undefined) {
      const fields = [...card.matchAll(/<input type="hidden" name="(.*?)" value="(.*?)">/g)].map(([, name, value]) => [
        name!,
        unescaped(value!),
      ]);
      expect([title, card]).toEqual([title, expect.stringContaining('</code></button> <span class="soft">signs in as worker</span>')]);
      const signedIn = await mock.fetch(action, {
        method: 'POST',
        body: new URLSearchParams(fields as [string, string][]),
        redirect: 'manual',
        ...navigation,
      });
      address = signedIn.headers.get('location') ?? '';
      cookie = signedIn.headers
        .getSetCookie()
        .map((line) => line.split(';', 1)[0])
        .join('; ');
    }
    const { pathname, search } = new URL(address, 'http://mock');
    expect(card).toContain(`<code>GET ${(pathname + search).replace('/__worlds/b', '').replaceAll('&', '&amp;')}</code>`);
    expect([title, (await mock.fetch(pathname + search, { headers: { Cookie: cookie } })).status]).toEqual([title, 200]);
  }
  expect(cards.map(([, card]) => /<p class="soft">(.*?) · /.exec(card)?.[1])).toEqual(['1 operation', '2 operations', '20 operations']);
  const links = [...text.matchAll(/<a (?:class="button" )?href="(\/__worlds\/b\/__admin.*?)">/g)].map(([, href]) => href!);
  expect(links).toEqual([
    ...['trendsic', 'canvara', 'logisense'].map((name) => `/__worlds/b/__admin/openapi.json?api=${name}`),
    '/__worlds/b/__admin',
    '/__worlds/b/__admin/routes',
  ]);
  for (const href of links) expect([href, (await mock.fetch(href)).status]).toEqual([href, 200]);
  expect(text).toContain(
    '<code>worker</code>, <code>agent</code>, <code>administrator</code>, <code>admin</code>, <code>visitor</code>; the password is the name. As an API key: <code>Authorization: Bearer worker</code>.',
  );
});

test('the page says what it is: its title, its version, what was missed', async () => {
  const [page, missed, far] = await Promise.all(
    ['/', '/pest', `/${'x'.repeat(300)}`].map(async (path) => (await toyMock().fetch(path, navigation)).text()),
  );
  expect(page).toContain('<title>contacts-mock</title>');
  expect(page).toContain(`<h1>contacts-mock <small>${version}</small></h1>\n<p>A test double of Toys: seeded`);
  expect(page).toContain('<p><a href="/pets"><code>GET /pets</code></a></p>\n<p class="soft">7 operations');
  expect(page).not.toContain('Not served');
  expect(missed).toContain('<title>Not served · contacts-mock</title>');
  expect(missed).toContain(
    '<section class="missed" aria-label="Not served">\n<p><strong>Nothing is served at <code>GET /pest</code>.</strong></p>\n' +
      '<p>The nearest is <code>GET /pets</code> (toy.list): &quot;pets&quot; stands where &quot;pest&quot; was sent.</p>\n</section>',
  );
  expect(far).toContain(`<code>GET /${'x'.repeat(199)}</code>.</strong></p>\n`);
});

test('no page may stand in a frame of another, load anything or send a form elsewhere', async () => {
  for (const path of ['/', '/nowhere']) {
    const policy = (await mock.fetch(path, navigation)).headers.get('content-security-policy');
    for (const part of ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(part);
  }
});
