/** Run by hand, `npx tsx test/store/golden/write.ts`, when generated data was changed on purpose. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digests } from './records.ts';

writeFileSync(join(import.meta.dirname, 'digests.json'), `${JSON.stringify(digests(), null, 2)}\n`);
