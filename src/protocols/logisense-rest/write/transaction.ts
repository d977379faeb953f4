/** Writes that hold together, without holding up other callers where they are many. */
import type { MaybePromise } from '../../../http/message.ts';
import { inTurns, nextTurn } from '../../../store/turns.ts';
import type { Work } from '../../../work.ts';
import type { World } from '../../../store/world.ts';
import type { RestRequest } from '../rest-request.ts';

/** Bytes of a body, and steps of its work, that are written in one go. */
const MAX_BYTES = 32_768;
const MAX_STEPS = 1000;
/** How often many writes are begun again because something else was written meanwhile. */
const MAX_ATTEMPTS = 3;

export const isShort = ({ call }: RestRequest): boolean => (call.inbound.body?.length ?? 0) <= MAX_BYTES;

/**
 * Runs `work` on the world: all of it or nothing. What is long is done in turns on a fork, which the world takes over whole
 * unless it was written meanwhile. Until then the world may change: `work` looks at the fork alone.
 */
export function transact<T>(request: RestRequest, work: (world: World) => Work<T>): MaybePromise<T> {
  const { world, call } = request;
  const noticed = request.notices.length;
  if (isShort(request)) {
    try {
      return world.transact(() => within(MAX_STEPS, work(world)));
    } catch (error) {
      if (error !== TOO_LONG) throw error;
    }
  }
  const attempt = async (attempts: number): Promise<T> => {
    request.notices.length = noticed;
    // The body has just been parsed, or a part of the work undone: that was enough for one turn.
    await nextTurn();
    if (attempts === 0) return world.transact(() => within(Number.POSITIVE_INFINITY, work(world)));
    const fork = world.fork();
    const result = await inTurns(work(fork), call.inbound);
    return world.merge(fork) ? result : attempt(attempts - 1);
  };
  return attempt(MAX_ATTEMPTS);
}

const TOO_LONG = new Error('more steps than are made in one go');

function within<T>(steps: number, work: Work<T>): T {
  for (let made = 0; made < steps; made++) {
    const step = work.next();
    if (step.done) return step.value;
  }
  throw TOO_LONG;
}
