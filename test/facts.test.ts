/** The facts that code leans on: every citation leads to one, every one is cited, and the recordings they name are there. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FACTS = join(ROOT, 'src/facts');
const read = (path: string): string => readFileSync(path, 'utf8');

const sheets = readdirSync(FACTS).filter((name) => name !== 'README.md');
const texts = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => ['.ts', '.md'].includes(extname(name)) && !name.startsWith('src/facts/') && name !== 'test/facts.test.ts')
    // A comment's line may end within a citation.
    .map((name) => ({ name, text: read(join(ROOT, name)).replace(/\s*\n\s*(\*|\/\/)?\s*/g, ' ') })),
);

/** `servicestack.md §12 E4`: headings are sections, list items with a bold letter and number are items of the last one. */
const facts = sheets.flatMap((sheet) => {
  let section = '';
  return [...read(join(FACTS, sheet)).matchAll(/^#+ (§[\d.a-z]+)|^- \*\*([A-Z]\d+)\*\*/gm)].map(([, heading, item]) => {
    if (heading !== undefined) section = heading;
    return item === undefined ? `${sheet} ${section}` : `${sheet} ${section} ${item}`;
  });
});

/** `servicestack.md §5, §12 E9, E16; §13 F5` cites four facts. */
const citations = texts.flatMap(({ name, text }) =>
  [...text.matchAll(/([a-z]+\.md) (§[^)\]:]*)/g)].flatMap(([, sheet, places]) => {
    let section = '';
    return [...(places as string).matchAll(/§([\d.]*\d[a-z]?)|(?<![\w.])([A-Z]\d+)\b/g)].map(([, number, item]) => {
      if (number !== undefined) section = number;
      return { name, fact: `${sheet} §${section}${item === undefined ? '' : ` ${item}`}` };
    });
  }),
);

test('every citation of a fact leads to one', () => {
  expect(citations.length).toBeGreaterThan(100);
  expect(citations.filter(({ fact }) => !facts.includes(fact))).toEqual([]);
});

test('no sheet is cited that is not there, and none without a section', () => {
  const wrong = texts.flatMap(({ name, text }) =>
    [...text.matchAll(/\b(?:servicestack|logisense|surface|interface|peers|architecture)\.md\b(?! §)/g)].map(
      ([sheet]) => `${name}: ${sheet}`,
    ),
  );
  expect(wrong).toEqual([]);
});

test('every fact is cited', () => {
  const cited = new Set(citations.map(({ fact }) => fact));
  // A section whose parts are cited needs no citation of its own.
  const isCited = (fact: string): boolean =>
    [...cited].some((other) => other === fact || other.startsWith(`${fact}.`) || other.startsWith(`${fact} `));
  expect(facts.filter((fact) => !isCited(fact))).toEqual([]);
});

const recordings = new Map(
  readdirSync(join(ROOT, 'fixtures/recordings')).map((file) => [
    file.replace('.jsonl', ''),
    read(join(ROOT, 'fixtures/recordings', file))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly id: string }).id),
  ]),
);

/** `encode/…/text-23`, `…` or `*` for any part, without what stands behind a dash; a name alone is a whole file. */
const isRecorded = (name: string): boolean => {
  const pattern = new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*|…/g, '.*')}(-.*)?$`);
  return name.includes('/') ? [...recordings.values()].some((ids) => ids.some((id) => pattern.test(id))) : recordings.has(name);
};

test('every recording that is named is there', () => {
  const all = [...texts, ...sheets.map((sheet) => ({ name: sheet, text: read(join(FACTS, sheet)).replace(/\s+/g, ' ') }))];
  const named = all.flatMap(({ name, text }) =>
    [
      ...text.matchAll(
        /\brecordings? ((?:`[^`]+`|[a-z-]+(?:\/[\w/*…-]+)|[a-z-]+(?=[),]))(?:, (?:`[^`]+`|[a-z-]+(?:\/[\w/*…-]+)?(?=[),])))*)/g,
      ),
    ].flatMap(([, list]) => (list as string).split(', ').map((recording) => ({ name, recording: recording.replaceAll('`', '') }))),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ recording }) => !isRecorded(recording))).toEqual([]);
});
