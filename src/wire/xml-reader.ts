import type { Dto } from '../contract/dto.ts';
export const readXml = (_: string | Uint8Array, __: Dto): Record<string, unknown> => { throw new Error('todo'); };
export const readXmlList = (_: string | Uint8Array, __: Dto): Record<string, unknown>[] => { throw new Error('todo'); };
