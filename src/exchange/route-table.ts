/** Which planner a call belongs to: one table, by which Hono and Node's server find the same. */
import { TrieRouter } from 'hono/router/trie-router';
import { pathIn, routingPath } from '../http/inbound.ts';
import type { Planner } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';

interface Row {
  readonly methods: readonly string[];
  readonly pattern: string;
  readonly planner: Planner;
}

export class RouteTable {
  readonly rows: readonly Row[];
  readonly #router = new TrieRouter<Planner>();

  constructor({ apis, settings }: WorldManager) {
    const rows: Row[] = [];
    const route = (methods: readonly string[] | 'all', pattern: string, planner: Planner): void => {
      rows.push({ methods: methods === 'all' ? ['ALL'] : methods, pattern, planner });
    };
    for (const api of apis) api.mount({ route }, settings, apis);
    for (const { methods, pattern, planner } of rows) for (const method of methods) this.#router.add(method, pattern, planner);
    this.rows = rows;
  }
  /** The planner of the route that Hono would take; undefined where none of an API's matches. */
  find(method: string, target: string): Planner | undefined {
    const [[first]] = this.#router.match(method, routingPath(pathIn(target)));
    return first?.[0];
  }
}
