/** Pictures of every view of the console, light and dark, narrow and wide, to be looked at: `npm run screenshots [FOLDER]`. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMock } from '../../src/index.ts';
import { launch } from './chromium.ts';
import { viewsOf, visit, workingDay } from './working-day.ts';

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'console-'));
mkdirSync(folder, { recursive: true });

const mock = createMock();
const world = mock.world('checkout');
const call = await workingDay(world);
const [contact] = (await (await world.fetch('/__admin/records/canvara.contacts?limit=1')).json()).records;
const { url } = await mock.listen();
const browser = await launch();
for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [360, 800],
    [1280, 860],
  ] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const [name, view] of Object.entries(viewsOf(call, contact.key))) {
      await visit(page, `${url}/__worlds/checkout/__admin`, view);
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
    }
    await context.close();
  }
}
await browser.close();
await mock.close();
console.log(folder);
