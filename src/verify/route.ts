/** Which documented path a call's path is: literals whatever their case, empty segments dropped, as both frameworks do it. */
import { decodedOrAsSent } from '../http/percent-encoding.ts';
import type { Method, Operation } from '../contract/operation.ts';

export interface RouteMatch<O extends Operation = Operation> {
  readonly operation: O;
  /** By name, decoded. */
  readonly values: Readonly<Record<string, string>>;
}

/** A literal goes before a value: `/Contact/Paged` is not the contact of that id. */
export function operationAt<O extends Operation>(
  operations: Readonly<Record<string, O>>,
  method: string,
  path: string,
): RouteMatch<O> | undefined {
  const segments = segmentsOf(path);
  let best: RouteMatch<O> | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const operation of Object.values(operations)) {
    const values = operation.methods.includes(method as Method) ? valuesIn(operation.path, segments) : undefined;
    const count = Object.keys(values ?? {}).length;
    if (values !== undefined && count < least) [best, least] = [{ operation, values }, count];
  }
  return best;
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

function valuesIn(template: string, segments: readonly string[]): Readonly<Record<string, string>> | undefined {
  const parts = segmentsOf(template);
  if (parts.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = decodedOrAsSent(segments[i] as string);
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) values[name] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return values;
}
