/** Chromium for the tests that need a browser; undefined where this machine has none. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path));
export const NO_CHROMIUM = 'no Chromium was found; set CHROMIUM to its path';

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] });
