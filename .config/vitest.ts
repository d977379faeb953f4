import { defineConfig } from 'vitest/config';

// Time zone and locale are set to something unusual on purpose: no promise may depend on them.
process.env['TZ'] = 'Pacific/Auckland';

export default defineConfig({ test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } });
