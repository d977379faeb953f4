/** The machine's own browser. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

export const NO_BROWSER = 'no Chromium was found; set CHROMIUM to its path';

/** Undefined where there is none. */
export const launchBrowser = async (): Promise<Browser | undefined> =>
  CHROMIUM === undefined
    ? undefined
    : chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'] });
