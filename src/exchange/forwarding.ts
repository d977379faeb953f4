/** Which calls go to a real service behind the mock: what no operation serves, and the operations that a world forwards. */
import type { ReadableStream } from 'node:stream/web';
import type { MaybePromise, Reply } from '../http/message.ts';
import { forward, type Upstream, UpstreamError } from '../http/upstream.ts';
import type { Plan } from '../protocols/protocol.ts';
import type { WorldManager } from '../worlds/manager.ts';
import { isForwarded } from '../worlds/settings.ts';
import { withoutOwnPreferences } from './preferences.ts';
import type { ServedCall } from './served-call.ts';

/** Whether the mock answers at once, whatever stands behind it: an operation that is not forwarded, its body read. */
export const isOwn = ({ inbound, settings }: ServedCall, plan: MaybePromise<Plan>): plan is Plan =>
  !(plan instanceof Promise) && plan.operation !== undefined && !inbound.isUnread && !isForwarded(settings.forward, plan.operation);

/** The reply of the real service where the call is its; undefined where the mock is to answer. */
export async function forwarded(manager: WorldManager, call: ServedCall, plan: Plan): Promise<Reply | undefined> {
  const { inbound, settings } = call;
  const upstream = manager.upstreams?.for(plan.operation, inbound.path);
  if (upstream === undefined || call.isPreflight || call.outcome !== undefined) return undefined;
  const ask = () => askUpstream(call, upstream, withoutOwnPreferences(inbound.header('prefer')), settings.journalBody);
  if (plan.operation !== undefined) return isForwarded(settings.forward, plan.operation) ? ask() : undefined;
  // What no operation serves: the protocol's own pages answer, and what it would refuse is the service's.
  const own = await plan.proceed();
  // Without its body it was only tried.
  if (own.status !== 404 && own.status !== 405) return inbound.isUnread ? undefined : own;
  call.explanations = undefined;
  return ask();
}

/** What is kept of a body that went by, and the size of the whole. */
export type OnBodyEnd = (chunks: readonly Uint8Array[], size: number) => void;

/**
 * The real service's reply, or the mock's own error where there is none. The first `max` bytes of its body are kept, for the
 * journal unless `onEnd` takes them.
 */
export async function askUpstream(
  call: ServedCall,
  upstream: Upstream,
  prefer: string | undefined,
  max: number,
  onEnd: OnBodyEnd = (chunks, size) => call.record?.completeBody(chunks, size),
): Promise<Reply> {
  call.servedBy = 'upstream';
  try {
    const reply = await forward(call.inbound, upstream, prefer);
    if (reply.body !== null) return { ...reply, body: kept(reply.body as ReadableStream<Uint8Array>, max, onEnd) };
    onEnd([], 0);
    return reply;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    call.explain({ message: error.message, rule: 'upstream' });
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    return { status: error.status, headers, body: JSON.stringify({ error: 'upstream', message: error.message }) };
  }
}

/** The body on its way to the caller, its beginning kept. */
function kept(body: ReadableStream<Uint8Array>, max: number, onEnd: OnBodyEnd): ReadableStream<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (size < max) chunks.push(chunk.slice(0, max - size));
        size += chunk.length;
        controller.enqueue(chunk);
      },
      flush: () => onEnd(chunks, size),
    }) as never,
  );
}
