import { defineConfig } from 'vitest/config';
import { EvidenceReporter } from '../test/support/evidence-reporter.ts';

// Time zone and locale are set to something unusual on purpose: no promise may depend on them.
process.env['TZ'] = 'Pacific/Auckland';

export default defineConfig({
  // A plugin, not an entry of `reporters`, which `--reporter` on the command line would replace.
  plugins: [{ name: 'evidence', configureVitest: ({ vitest }) => void vitest.config.reporters.push(new EvidenceReporter() as never) }],
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
