/** A request that Node could not read as HTTP: it reached no world and no route, and is told in the journal and in the log. */
import { machineTime } from '../store/clock.ts';
import type { WorldManager } from '../worlds/manager.ts';

/** Journals it in the unnamed world. `head` is what came of it. */
export function recordUnreadable(manager: WorldManager, { head, status, reason }: { head: string; status: number; reason: string }): void {
  const session = manager.worlds.get('');
  const [, method = '', sentTarget = ''] = /^([!-~]+) ([!-~]+)/.exec(head) ?? [];
  const message = `A request could not be read as HTTP and was answered ${status}: ${reason}.`;
  const inbound = { method, sentTarget, path: sentTarget, body: undefined, bodySize: 0, rawHeaders: () => [] };
  const at = session.world.now();
  const number = ++session.world.requests;
  const nothing = {
    operation: undefined,
    caller: undefined,
    bound: undefined,
    boundIn: undefined,
    outcome: undefined,
    fault: undefined,
    answeredHeaders: undefined,
  };
  manager.record({
    ...nothing,
    number,
    inbound,
    explanations: [{ message, rule: 'http' }],
    servedBy: 'mock',
    isPreflight: false,
    reply: { status, headers: {}, body: null },
    at,
    started: machineTime(),
    ms: 0,
    session,
    settings: session.settings ?? manager.settings,
  });
}
