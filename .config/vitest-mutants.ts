/** The tests that `npm run mutants` runs, without a report. */
import { configDefaults, defineConfig } from 'vitest/config';
import { running, SLOW } from './vitest.ts';

const include = (process.env['MUTANTS_TESTS'] ?? '').split(',').map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`));
/** Tests of size and cost run for seconds each; a process of its own has no changed code. */
const COSTS = ['**/hostile.test.ts', '**/processes.test.ts'];
// Without `isolate` modules are loaded once a change, not once a file, which is most of the time.
export default defineConfig({ test: { include, exclude: [...configDefaults.exclude, SLOW, ...COSTS], isolate: false, ...running } });
