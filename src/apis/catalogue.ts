/** The only list of APIs: a fourth one is one line here and four files beside it. */
import type { Api } from '../protocols/protocol.ts';
import { canvara } from './canvara/index.ts';
import { logisense } from './logisense/index.ts';
import { trendsic } from './trendsic/index.ts';

export const catalogue: readonly Api[] = Object.freeze([trendsic, canvara, logisense]);
