/** The console as it is served. What a person sees and presses is in the slow tests, which have a browser. */
import { expect, test } from 'vitest';
import { consoleFiles } from '../../.config/console.mjs';
import { toyMock } from '../support/toy.ts';

test('page, style and script weigh at most 60,000 bytes as they are served', async () => {
  const mock = toyMock();
  const weights = await Promise.all(
    ['', '/console.css', '/console.js'].map(async (path) => (await (await mock.fetch(`/__admin${path}`)).arrayBuffer()).byteLength),
  );
  expect(weights.reduce((sum, weight) => sum + weight)).toBeLessThanOrEqual(60_000);
  expect(Buffer.byteLength((await consoleFiles())['console.js'])).toBe(weights[2]);
});

test('the page runs no script but its own, loads nothing from elsewhere, and is not framed', async () => {
  const answer = await toyMock().fetch('/__admin');
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(await answer.text()).not.toMatch(/<script(?![^>]*src=)|<style|style=|onclick=|https?:\/\//);
});

test('its addresses are relative, so that it works below a mount, in a world and with a slash at its end', async () => {
  const mock = toyMock();
  for (const [path, script] of [
    ['/__admin', '"__admin/console.js"'],
    ['/__worlds/a/__admin', '"__admin/console.js"'],
    ['/__admin/', '"console.js"'],
  ] as const) {
    expect(await (await mock.fetch(path)).text()).toContain(`src=${script}`);
  }
});
