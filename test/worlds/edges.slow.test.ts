/** Every text of every answer about the scenario `edges` through a real browser: from the server into its DOM and out of it again. */
import { expect, test } from 'vitest';
import { catalogue } from '../../src/apis/catalogue.ts';
import { createMock } from '../../src/index.ts';
import { Base } from '../../src/store/base.ts';
import { EDGE_TEXTS } from '../../src/worlds/scenarios/edge-values.ts';
import { CHROMIUM, launch, NO_CHROMIUM } from '../support/browser/chromium.ts';

interface Shown {
  readonly differing: readonly unknown[];
  /** Those of the wanted texts that answers held. */
  readonly seen: readonly string[];
  /** Elements that no text is to make. */
  readonly elements: number;
}

/** Runs in the page: uses nothing of this file. */
async function shown(targets: readonly string[], wanted: readonly string[]): Promise<Shown> {
  const differing: unknown[] = [];
  const seen = new Set<string>();
  const withoutReturns = (text: string) => text.replace(/\r\n?/g, '\n');
  for (const target of targets) {
    const texts: string[] = [];
    const answer = await fetch(target, { headers: { Accept: 'application/json' } });
    JSON.parse(await answer.text(), (_, value) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    const xml = await (await fetch(target, { headers: { Accept: 'application/xml' } })).text();
    const tree = xml.startsWith('<') ? new DOMParser().parseFromString(xml, 'application/xml') : undefined;
    const leaves =
      tree && new Set([...tree.querySelectorAll('*')].filter((one) => one.childElementCount === 0).map((one) => one.textContent));
    for (const text of new Set(texts)) {
      const place = document.createElement('p');
      place.textContent = text;
      place.setAttribute('title', text);
      document.body.append(place);
      const field = document.createElement('textarea');
      field.value = text;
      const isEdge = wanted.includes(text);
      if (isEdge) seen.add(text);
      const isInXml = !isEdge || leaves === undefined || leaves.has(withoutReturns(text));
      const isKept = place.textContent === text && place.getAttribute('title') === text && field.value === withoutReturns(text);
      if (!isKept || !isInXml) differing.push([target, text, isKept, isInXml]);
    }
    if (answer.status !== 200 || tree?.querySelector('parsererror')) differing.push([target, answer.status, xml.slice(0, 200)]);
  }
  return { differing, seen: [...seen], elements: document.querySelectorAll('script, b').length };
}

test('a browser’s DOM takes every text and gives it back; no markup in one comes to life', async ({ skip }) => {
  if (CHROMIUM === undefined) skip(NO_CHROMIUM);
  const base = new Base('1', Object.fromEntries(catalogue.map((api) => [api.name, api.entities])));
  const mock = createMock({ auth: 'off', nulls: 'wire', scenario: 'edges' });
  const server = await mock.listen();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/Contact/1`);
    const numbers = EDGE_TEXTS.map((_, i) => i + 2);
    const texts = EDGE_TEXTS.flatMap(({ text }) => text ?? []);
    const canvara = (n: number) => `/api/contacts/${base.table('canvara.contacts').keyOf(n)}`;
    const answers: Readonly<Record<string, (n: number) => string[]>> = {
      Trendsic: (n) => [`/v1/ContactConnections/${n}`],
      Canvara: (n) => [`${canvara(n)}/connections?IncludeRemoved=true`, `${canvara(n)}/links`],
      LogiSense: (n) => [`/Contact/${n}/Detail`],
    };
    for (const [name, targetsOf] of Object.entries(answers)) {
      const found = (await page.evaluate(
        `(${shown.toString()})(${JSON.stringify(numbers.flatMap(targetsOf))}, ${JSON.stringify(texts)})`,
      )) as Shown;
      expect([name, found.differing, found.elements]).toEqual([name, [], 0]);
      expect([name, texts.filter((text) => !found.seen.includes(text))]).toEqual([name, []]);
    }
  } finally {
    await browser.close();
    await mock.close();
  }
});
