/** `npm run test:slow`: the promises that need a browser, workers, a build or many seconds; evidence counts in `npm test` alone. */
import { defineConfig } from 'vitest/config';
import { SLOW, running } from './vitest.ts';

export default defineConfig({ test: { include: [SLOW], ...running } });
