/** Every text of the scenario `edges` through a real browser: from the server into its DOM and out of it again. */
import { expect, test } from 'vitest';
import { createMock } from '../../src/index.ts';
import { EDGE_TEXTS } from '../../src/worlds/scenarios/edge-values.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';

/** Runs in the page: uses nothing of this file. */
async function shown(count: number): Promise<unknown[]> {
  const texts: unknown[] = [];
  for (let id = 2; id < count + 2; id++) {
    const { instance } = await (await fetch(`/Contact/${id}`)).json();
    const place = document.createElement('p');
    place.textContent = instance.lastName;
    place.setAttribute('title', instance.lastName ?? '');
    document.body.append(place);
    const field = document.createElement('textarea');
    field.value = instance.lastName ?? '';
    const xml = await (await fetch(`/v1/ContactConnections/${id}?format=xml`)).text();
    const tree = new DOMParser().parseFromString(xml, 'application/xml');
    texts.push([place.textContent, place.getAttribute('title'), field.value, tree.querySelector('parsererror') === null]);
  }
  return [...texts, document.querySelectorAll('script, b').length];
}

test('a browser’s DOM takes every text and gives it back; no markup in one comes to life', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const mock = createMock({ auth: 'off', nulls: 'wire', scenario: 'edges' });
  const server = await mock.listen();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/Contact/1`);
    const texts = EDGE_TEXTS.map(({ text }) => [text ?? '', text ?? '', (text ?? '').replace(/\r\n?/g, '\n'), true]);
    expect(await page.evaluate(`(${shown.toString()})(${EDGE_TEXTS.length})`)).toEqual([...texts, 0]);
  } finally {
    await browser.close();
    await mock.close();
  }
});
