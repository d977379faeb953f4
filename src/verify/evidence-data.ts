// biome-ignore-all format: written by the test run (EVIDENCE=write npm test), never by hand
/** Which test files showed what of each operation. */
import type { EvidenceData } from './evidence-axes.ts';

export const evidenceData: EvidenceData = {
};
