/** The only list of APIs: a fourth one is one line here and four files beside it. */
import type { Api } from '../protocols/protocol.ts';
import { canvara } from './canvara/index.ts';
import { logisense } from './logisense/index.ts';
import { trendsic } from './trendsic/index.ts';

const apis = { trendsic, canvara, logisense };

export type ApiName = keyof typeof apis;

export const catalogue = Object.freeze(Object.values(apis)) as readonly (Api & { readonly name: ApiName })[];
