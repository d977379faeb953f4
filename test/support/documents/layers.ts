/** The layers of src from the top to the bottom, each folder with what is in it: the architecture test holds them, src/README.md shows them. */
export const LAYERS: readonly Readonly<Record<string, string>>[] = [
  { adapters: 'in tests: vitest, Playwright, MSW, Vite', cli: 'the command line, a file for each command' },
  { admin: '`/__admin`: a Hono app of its own, with its guard and the console' },
  { exchange: 'one call from first to last: preferences, faults, protocol, journal' },
  { worlds: 'isolated states: baseline, snapshots, scenarios, state file, clock, faults, settings' },
  { journal: 'what was asked and answered: records, entries, patterns, redaction, the log' },
  { record: 'data files out of the answers of a real service' },
  { verify: 'any server against the contract, member by member; evidence for each operation' },
  { apis: 'what is served: a folder for each documented API (contract, seed, behaviour)' },
  { protocols: 'how a family of services talks: ServiceStack, LogiSense REST; knows no API' },
  { http: 'what knows no world: requests, answers, paths, connections, CORS' },
  { derive: 'what follows from a contract: samples, declarations, OpenAPI, tables' },
  { wire: 'values to bytes and back, a folder for each format', store: 'the data: seeded base, layers over it, clock, chance' },
  { contract: 'the language: fields, DTOs, operations, entities; describes and never runs' },
];

/** The picture of src/README.md. */
export function picture(): string {
  const width = Math.max(...LAYERS.flatMap((layer) => Object.keys(layer).map(({ length }) => length))) + 3;
  const rows = LAYERS.map((layer) =>
    Object.entries(layer)
      .map(([folder, meaning]) => `${`${folder}/`.padEnd(width)}${meaning}`)
      .join('\n'),
  );
  return `\`\`\`\n${rows.join('\n  ↓\n')}\n\`\`\``;
}
