/** `npm test`: every promise that is told within a second or two. */
import { configDefaults, defineConfig } from 'vitest/config';
import { EvidenceReporter } from '../test/support/evidence-reporter.ts';

// Time zone and locale are set to something unusual on purpose: no promise may depend on them.
process.env['TZ'] = 'Pacific/Auckland';

export const SLOW = 'test/**/*.slow.test.ts';
/** One worker a core: vitest's default leaves a core of two idle. */
export const running = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxWorkers: '100%',
  expect: { poll: { timeout: 30_000 } },
};
/** Modules are loaded once a worker, not once a file, which is half of the time: no file may leave anything behind. */
export const shared = { ...running, isolate: false };

export default defineConfig({
  // A plugin, not an entry of `reporters`, which `--reporter` on the command line would replace.
  plugins: [{ name: 'evidence', configureVitest: ({ vitest }) => void vitest.config.reporters.push(new EvidenceReporter() as never) }],
  test: { include: ['test/**/*.test.ts'], exclude: [...configDefaults.exclude, SLOW], ...shared },
});
