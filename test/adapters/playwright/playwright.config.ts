/** How the example is run: two workers at once, the Chromium that is there. */
import { tmpdir } from 'node:os';
import { defineConfig } from '@playwright/test';

// biome-ignore lint/style/noDefaultExport: Playwright wants it so
export default defineConfig({
  testDir: '.',
  testMatch: '*.example.ts',
  outputDir: `${tmpdir()}/contacts-mock-playwright-${process.pid}`,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: 'line',
  use: {
    launchOptions: {
      ...(process.env['CHROMIUM'] && { executablePath: process.env['CHROMIUM'] }),
      args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
    },
  },
});
