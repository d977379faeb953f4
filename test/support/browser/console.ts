/** The console in a browser: opened, watched for mistakes, and pressed as a person presses it. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export interface OpenConsole {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the console of the browser and its policy complained about. */
  readonly mistakes: readonly string[];
  /** What was asked and answered with 400 and above: the page says it, and the browser logs it. */
  readonly refusals: readonly string[];
  /** How often something was pressed; choosing from a list is two. */
  clicks: number;
  click(target: Locator): Promise<void>;
  choose(list: Locator, option: string): Promise<void>;
}

const PERMISSIONS = ['clipboard-read', 'clipboard-write'];

export async function openConsole(
  browser: Browser,
  address: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<OpenConsole> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  await context.grantPermissions(PERMISSIONS);
  const page = await context.newPage();
  const mistakes: string[] = [];
  const refusals: string[] = [];
  page.on('pageerror', (error) => mistakes.push(String(error.stack)));
  page.on('console', (message) => {
    // What a route refuses is a line of the browser's network log; the page says it itself.
    const isRefusal = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (/error|warning/.test(message.type()) && !isRefusal) mistakes.push(`${message.text()} ${message.location().url}`);
  });
  page.on('response', (answer) => answer.status() >= 400 && refusals.push(`${answer.status()} ${answer.url()}`));
  const { host } = new URL(address);
  page.on('request', (request) => {
    const { protocol, host: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== host) mistakes.push(`asked ${request.url()}`);
  });
  await page.goto(address);
  const opened: OpenConsole = {
    page,
    context,
    mistakes,
    refusals,
    clicks: 0,
    async click(target) {
      opened.clicks++;
      await target.click();
    },
    async choose(list, option) {
      opened.clicks += 2;
      await list.selectOption(option);
    },
  };
  return opened;
}

export const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
/** The call of the journal that says a text. */
export const callThat = (page: Page, says: string): Locator => page.locator('.call', { hasText: says }).first();
export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
