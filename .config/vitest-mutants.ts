/** The tests that `npm run mutants` runs, without a report. */
import { configDefaults, defineConfig } from 'vitest/config';
import { SLOW, shared } from './vitest.ts';

const include = (process.env['MUTANTS_TESTS'] ?? '').split(',').map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`));
/** Tests of size and cost run for seconds each; a process of its own has no changed code. */
const COSTS = ['**/hostile.test.ts', '**/processes.test.ts'];
export default defineConfig({ test: { include, exclude: [...configDefaults.exclude, SLOW, ...COSTS], ...shared } });
