/** Writes that hold together, without holding up other callers where they are many. */
import type { MaybePromise } from '../../../http/message.ts';
import { atOnce, inTurns, nextTurn, type Work } from '../../../store/turns.ts';
import type { World } from '../../../store/world.ts';
import type { RestRequest } from '../rest-request.ts';

/** Bytes of a body whose writes are made in one go. */
const MAX_AT_ONCE = 32_768;
/** How often many writes are begun again because something else was written meanwhile. */
const MAX_ATTEMPTS = 3;

/**
 * Runs `work` on the world: all of it or nothing. A long body's work is done in turns on a fork, which the world takes over
 * whole unless it was written meanwhile.
 */
export function transact<T>(request: RestRequest, work: (world: World) => Work<T>): MaybePromise<T> {
  const { world, call } = request;
  const inOneGo = (): T => world.transact(() => atOnce(work(world)));
  if ((call.inbound.body?.length ?? 0) <= MAX_AT_ONCE) return inOneGo();
  const noticed = request.notices.length;
  const attempt = async (attempts: number): Promise<T> => {
    request.notices.length = noticed;
    // The body has just been parsed: that was work enough for one turn.
    await nextTurn();
    if (attempts === 0) return inOneGo();
    const fork = world.fork();
    const result = await inTurns(work(fork), call.inbound);
    return world.merge(fork) ? result : attempt(attempts - 1);
  };
  return attempt(MAX_ATTEMPTS);
}
