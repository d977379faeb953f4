/**
 * The public types, as reports in test/types/ that a reviewer reads: compares the built package with them, or with `--write`
 * brings them up to date.
 */
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = join(import.meta.dirname, '..');
const isWriting = process.argv.includes('--write');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const temporary = mkdtempSync(join(tmpdir(), 'public-types-'));
mkdirSync(join(root, 'test/types'), { recursive: true });

/** Notes about how the declarations are written, not about what they are. */
const silent = { default: { logLevel: 'none' } };

for (const entry of Object.values(exports)) {
  if (typeof entry === 'string') continue;
  const types = join(root, entry.import.types);
  const name = basename(types, '.d.ts');
  const { succeeded, apiReportChanged } = Extractor.invoke(
    ExtractorConfig.prepare({
      configObjectFullPath: join(root, 'api-extractor.json'),
      packageJsonFullPath: join(root, 'package.json'),
      configObject: {
        projectFolder: root,
        mainEntryPointFilePath: types,
        apiReport: {
          enabled: true,
          reportFolder: join(root, 'test/types'),
          reportTempFolder: temporary,
          reportFileName: `${name}.api.md`,
          // What the entries share is told once.
          includeForgottenExports: name === 'index',
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              module: 'nodenext',
              target: 'es2023',
              lib: ['es2023', 'esnext.disposable', 'dom'],
              types: ['node'],
              skipLibCheck: true,
              strict: true,
            },
            files: [types],
          },
        },
        messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
      },
    }),
    {
      localBuild: isWriting,
      showVerboseMessages: false,
      messageCallback: (message) => {
        if (message.messageId === 'console-api-report-not-copied') message.logLevel = 'none';
      },
    },
  );
  if (!succeeded || (apiReportChanged && !isWriting)) {
    console.error(
      `The public types of ${name} are not those of test/types/${name}.api.md; after a look: node .ci/public-types.mjs --write`,
    );
    process.exitCode = 1;
  }
}
