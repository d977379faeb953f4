/** Which planner a call belongs to: one table, by which Hono and Node's server find the same. */
import { METHOD_NAME_ALL } from 'hono/router';
import { TrieRouter } from 'hono/router/trie-router';
import { pathIn, routingPath } from '../http/target.ts';
import type { Planner } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';

/** Targets that are remembered, and their length. */
const MAX_FOUND = 2000;
const MAX_LENGTH = 200;

export class RouteTable {
  readonly rows: readonly { readonly pattern: string; readonly planner: Planner }[];
  /** Of what no route matches. */
  readonly unmatched: Planner;
  readonly #router = new TrieRouter<Planner | undefined>();
  /** Of targets that came before: a tenth of a short call would go into looking for its route again. */
  readonly #found = new Map<string, Planner>();

  /** The host answers `hostRoutes` itself: they have no planner. */
  constructor({ apis, settings }: WorldManager, hostRoutes: readonly string[], unmatched: Planner) {
    const rows: { pattern: string; planner: Planner }[] = [];
    for (const api of apis) api.mount({ route: (pattern, planner) => void rows.push({ pattern, planner }) }, settings, apis);
    for (const pattern of hostRoutes) this.#router.add(METHOD_NAME_ALL, pattern, undefined);
    for (const { pattern, planner } of rows) this.#router.add(METHOD_NAME_ALL, pattern, planner);
    this.rows = rows;
    this.unmatched = unmatched;
  }
  /** The planner of the route that Hono would take, of every method; undefined where only Hono can tell. */
  find(target: string): Planner | undefined {
    const known = this.#found.get(target);
    if (known !== undefined) return known;
    // An absolute address, or the `*` of OPTIONS.
    if (!target.startsWith('/')) return undefined;
    const [[first]] = this.#router.match(METHOD_NAME_ALL, routingPath(pathIn(target)));
    const planner = first === undefined ? this.unmatched : first[0];
    if (planner === undefined) return undefined;
    if (this.#found.size >= MAX_FOUND) this.#found.clear();
    if (target.length <= MAX_LENGTH) this.#found.set(target, planner);
    return planner;
  }
}
