/** What a test can show of an operation, and the form in which it is kept. */

/** In the words of the table. They are never summed: each says something else. */
export const AXES = {
  sample: 'documented sample reproduced',
  client: 'driven by a real client',
  negative: 'negative case',
  formats: 'every format equal',
  recorded: 'recorded from the framework',
  chosen: 'chosen by us',
} as const;
export type Axis = keyof typeof AXES;

/** `api.Operation` → axis → the test files that showed it. */
export type EvidenceData = Readonly<Record<string, Partial<Readonly<Record<Axis, readonly string[]>>>>>;
