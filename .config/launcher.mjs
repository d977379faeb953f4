#!/usr/bin/env node
/**
 * What users run: the bundled program beside this file, with V8's compiled code kept in a file of its own, so that a start
 * does not parse what has not changed. Half of a start would be compiling otherwise. Another Node makes its own file at the
 * end of its first run; where that cannot be written, the program just starts slower. (Node 22 has `enableCompileCache` for
 * modules; Node 20 has not.)
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const folder = dirname(fileURLToPath(import.meta.url));
const file = join(folder, 'program.cjs');
const cache = join(folder, `program.${process.version}-${process.arch}.cache`);

const read = (path, encoding) => {
  try {
    return readFileSync(path, encoding);
  } catch {
    return undefined;
  }
};

// The bundle is ASCII: a text of one byte a character is read and hashed fastest.
const source = `(function(exports,require,module,importMetaUrl){${readFileSync(file, 'latin1')}\n})`;
const script = new Script(source, { filename: file, cachedData: read(cache) });
if (script.cachedDataRejected !== false) {
  process.once('exit', () => {
    try {
      const part = `${cache}.${process.pid}`;
      writeFileSync(part, script.createCachedData());
      renameSync(part, cache);
    } catch {
      // Not ours to write: an installation that belongs to somebody else.
    }
  });
}
const module = { exports: {} };
script.runInThisContext()(module.exports, createRequire(import.meta.url), module, import.meta.url);
