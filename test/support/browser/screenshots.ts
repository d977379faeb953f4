/**
 * Pictures of every view of the console, light and dark, narrow and wide, to be looked at: `npm run screenshots [-- FOLDER]`.
 * With `--readme` in place of the folder the one that the README shows is made again.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { createMock } from '../../../src/index.ts';
import { launch } from './chromium.ts';
import { viewsOf, visit, workingDay } from './working-day.ts';

const [wanted] = process.argv.slice(2);
const isForReadme = wanted === '--readme';
const folder = isForReadme ? join(import.meta.dirname, '../../../.github') : (wanted ?? mkdtempSync(join(tmpdir(), 'console-')));
mkdirSync(folder, { recursive: true });

const mock = createMock();
const world = mock.world('checkout');
const call = await workingDay(world);
const [contact] = (await (await world.fetch('/__admin/records/canvara.contacts?limit=1')).json()).records;
const views = viewsOf(call, contact.key);
const { url } = await mock.listen();
const browser = await launch();

async function take(names: readonly string[], options: BrowserContextOptions, nameOf: (view: string) => string): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  for (const name of names) {
    await visit(page, `${url}/__worlds/checkout/__admin`, views[name]!);
    await page.screenshot({ path: join(folder, `${nameOf(name)}.png`) });
  }
  await context.close();
}

if (isForReadme) await take(['call'], { viewport: { width: 1040, height: 560 } }, () => 'console');
else {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [width, height] of [
      [360, 800],
      [1280, 860],
    ] as const) {
      await take(Object.keys(views), { colorScheme, viewport: { width, height } }, (name) => `${name}-${colorScheme}-${width}`);
    }
  }
}
await browser.close();
await mock.close();
console.log(folder);
