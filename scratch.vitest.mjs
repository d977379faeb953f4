import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { include: ['test/wire/{read,readers,query,dates,xml-tree,nulls,documents,encode}.test.ts'], testTimeout: 10000, maxWorkers: 1 } });
