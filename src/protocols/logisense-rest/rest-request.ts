/** One call of an end point: where its path begins, which version of the API it addresses, and what of it was not read. */
import type { World } from '../../store/world.ts';
import type { Call } from '../protocol.ts';
import type { Explain } from './problem.ts';

/** The version of the documents; bare paths are of it. */
const DOCUMENTED = 6;
/** More things that were not read are not noted. */
const MAX_NOTICES = 100;

export class RestRequest {
  readonly call: Call;
  /** Segments before the resource's name: `ResourceServer`, `api`, `v6` and perhaps `internal`, or none. */
  readonly base: readonly string[];
  /** 6 for `api/v6`. */
  readonly version: number;
  readonly isInternal: boolean;
  readonly notices: Explain[] = [];

  constructor(call: Call, base: readonly string[]) {
    this.call = call;
    this.base = base;
    this.version = base.length > 2 ? Number(base[2]!.slice(1)) : DOCUMENTED;
    this.isInternal = base.length > 3;
  }
  get world(): World {
    return this.call.world;
  }
  /** The address of something else in the same API, as this caller writes addresses: `/ResourceServer/api/v6/Contact/1`. */
  address(path: string): string {
    return `/${[...this.base, path].join('/')}`;
  }
  /** Notes something that was sent and not read. */
  notice(explain: Explain): void {
    if (this.notices.length < MAX_NOTICES) this.notices.push(explain);
  }
}

/** Where the resource's name stands: first, or after `ResourceServer/api/v6`, or after that and `internal`; undefined elsewhere. */
export function baseOf(segments: readonly string[]): readonly string[] | undefined {
  if (segments[0]?.toLowerCase() !== 'resourceserver') return [];
  if (segments[1]?.toLowerCase() !== 'api' || !/^v\d{1,4}$/i.test(segments[2] ?? '')) return undefined;
  return segments.slice(0, segments[3]?.toLowerCase() === 'internal' ? 4 : 3);
}
