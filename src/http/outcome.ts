/** What can be made to happen to a call: a status, a wait, a broken connection. */

/** WireMock's names. */
export const FAULTS = ['EMPTY_RESPONSE', 'MALFORMED_RESPONSE_CHUNK', 'RANDOM_DATA_THEN_CLOSE', 'CONNECTION_RESET_BY_PEER'] as const;
export type Fault = (typeof FAULTS)[number];
export const isFault = (name: unknown): name is Fault => FAULTS.includes(name as Fault);

export interface Outcome {
  /** A status, with the body that the service would send with it. */
  readonly code?: number;
  /** Milliseconds to wait first. */
  readonly delay?: number;
  readonly fault?: Fault;
  /** Nothing happens, and it is counted. */
  readonly pass?: true;
}
