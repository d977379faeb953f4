/** Plays an outcome: what a preference or a fault rule wants a call to meet, in place of or on top of the service's answer. */
import type { MaybePromise, Reply } from '../http/message.ts';
import { delayRange, ownAnswer, withHeaders } from '../http/outcome.ts';
import { SocketFault } from '../http/socket-fault.ts';
import { MockError } from '../mock-error.ts';
import type { Plan } from '../protocols/protocol.ts';
import type { Base } from '../store/base.ts';
import { drawBetween } from '../store/random.ts';
import type { ServedCall } from './served-call.ts';

/** Statuses that say when to come again, unless they are told otherwise. */
const RETRIED: ReadonlySet<number | undefined> = new Set([429, 503]);

/** Carries the plan out as the call's outcome and the world's `fixedDelay` say. */
export function play(call: ServedCall, plan: Plan): MaybePromise<Reply> {
  const wait = delayOf(call) + call.settings.fixedDelay;
  return wait === 0 ? act(call, plan) : delayed(call, wait).then(() => act(call, plan));
}

/** Two runs wait alike: the delay follows from seed, world and request number. */
function delayOf({ outcome, world, number }: ServedCall): number {
  const range = outcome?.delay === undefined ? undefined : delayRange(outcome.delay);
  return range === undefined ? 0 : drawBetween(`delay:${world.base.seed}:${world.name}:${number}`, ...range);
}

function act({ outcome, world, number }: ServedCall, plan: Plan): MaybePromise<Reply> {
  if (outcome === undefined) return plan.proceed();
  const { fault, answer, code, headers } = outcome;
  if (fault !== undefined) throw new SocketFault(fault, noise(world.base, number));
  if (answer !== undefined) return withHeaders(ownAnswer(answer), headers);
  const reply = code === undefined ? plan.proceed() : plan.fail(code);
  const laid = RETRIED.has(code) ? { 'Retry-After': '1', ...canonical(headers) } : headers;
  return reply instanceof Promise ? reply.then((late) => withHeaders(late, laid)) : withHeaders(reply, laid);
}

/** Bytes for a broken answer. */
function noise(base: Base, number: number): Uint8Array {
  const bytes = new Uint8Array(64);
  for (let i = 0; i < 4; i++) {
    const digits = base.guid(`noise${i}`, number).replaceAll('-', '');
    for (let at = 0; at < 16; at++) bytes[16 * i + at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  }
  return bytes;
}

/** `Retry-After` under its usual name, so that it takes the place of the one that is sent by default. */
const canonical = (headers: NonNullable<ServedCall['outcome']>['headers'] = {}): typeof headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase() === 'retry-after' ? 'Retry-After' : name, value]));

/** Waits, unless the caller goes away before; what it asked for is done in the world that it asked, or not at all. */
function delayed({ inbound: { signal }, world }: ServedCall, milliseconds: number): Promise<void> {
  const { epoch } = world;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      if (world.epoch === epoch) resolve();
      else
        reject(new MockError('world-gone', 'The world was reset or dropped while this call was delayed.', 'Nothing was done; call again.'));
    }, milliseconds);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
