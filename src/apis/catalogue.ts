/** The only list of APIs: a fourth one is one line here and four files beside it. */
import type { Api } from '../protocols/protocol.ts';
import { logisense } from './logisense/index.ts';

export const catalogue: readonly Api[] = Object.freeze([logisense]);
