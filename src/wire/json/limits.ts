/**
 * How much a JSON text holds, told before it is parsed: a parser takes far longer for brackets and for names than for anything
 * else, and cannot be interrupted.
 */
export interface JsonLimits {
  /** Levels of nesting. */
  readonly depth: number;
  readonly objects?: number;
  /** Members of all objects together. */
  readonly members?: number;
}

/** The first limit that a text exceeds; undefined where it keeps them all. Looks at each character once. */
export function exceededLimit(json: string, limits: JsonLimits): keyof JsonLimits | undefined {
  const { depth, objects = Number.POSITIVE_INFINITY, members = Number.POSITIVE_INFINITY } = limits;
  // Each needs a character at least.
  if (json.length <= Math.min(depth, objects, members)) return undefined;
  let level = 0;
  let opened = 0;
  let named = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (isText) {
      if (code === 0x5c) i++;
      else if (code === 0x22) isText = false;
    } else if (code === 0x22) isText = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++level > depth) return 'depth';
      if (code === 0x7b && ++opened > objects) return 'objects';
    } else if (code === 0x7d || code === 0x5d) level--;
    else if (code === 0x3a && ++named > members) return 'members';
  }
  return undefined;
}

export const isDeeper = (json: string, depth: number): boolean => exceededLimit(json, { depth }) !== undefined;
