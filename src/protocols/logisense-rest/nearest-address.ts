/** The right address for a path that no route has. */
import { editDistance } from '../../mock-error.ts';

/** Segments before a resource's name, as people guess them. */
const BASE = /^(resource-?server|api|rest|internal|v\d{1,4})$/i;
const ID = /^\d{1,9}$/;
/** More differences than this make another path, or another resource. */
const MAX_DIFFERENCES = 4;
const MAX_OF_NAME = 2;
/** Paths with longer segments are none that was misspelt. */
const MAX_LENGTH = 40;

/** `templates`: `Contact/{id}/Detail`. Answers `/ResourceServer/api/v6/Contact/1/Detail` for `v6`, `Contact`, `1`, `Details`. */
export function nearestAddress(segments: readonly string[], templates: readonly string[]): string | undefined {
  const start = segments.findIndex((segment) => !BASE.test(segment));
  if (start < 0 || segments.length > 8 || segments.some(({ length }) => length > MAX_LENGTH)) return undefined;
  const sent = segments.slice(start);
  const [best] = templates
    .map((template) => ({ template: template.split('/'), differences: differences(sent, template.split('/')) }))
    .sort((left, right) => left.differences - right.differences);
  if (best === undefined || best.differences > MAX_DIFFERENCES) return undefined;
  const path = best.template.map((segment, i) => (segment === '{id}' && ID.test(sent[i] ?? '') ? sent[i] : segment));
  const version = segments.slice(0, start).find((segment) => /^v\d/i.test(segment)) ?? 'v6';
  return `/${[...(start === 0 ? [] : ['ResourceServer', 'api', version.toLowerCase()]), ...path].join('/')}`;
}

/** How far a path is from a template: letters that differ, and more for a segment too many or too few. */
function differences(sent: readonly string[], template: readonly string[]): number {
  let sum = 3 * Math.abs(sent.length - template.length);
  for (let i = 0; i < Math.min(sent.length, template.length); i++) {
    const [segment, wanted] = [sent[i]!, template[i]!];
    if (wanted === '{id}') sum += ID.test(segment) ? 0 : /^[+-]?\d/.test(segment) ? 1 : 2;
    else sum += editDistance(segment.toLowerCase(), wanted.toLowerCase());
    if (i === 0 && sum > MAX_OF_NAME + 3 * Math.abs(sent.length - template.length)) return Number.POSITIVE_INFINITY;
  }
  return sum;
}
