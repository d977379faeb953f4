/** The tests that `npm run mutants` runs, without a report. */
import { configDefaults, defineConfig } from 'vitest/config';
import { running, SLOW } from './vitest.ts';

const include = (process.env['MUTANTS_TESTS'] ?? '').split(',').map((folder) => `${folder}/**/*.test.ts`);
export default defineConfig({ test: { include, exclude: [...configDefaults.exclude, SLOW], ...running } });
