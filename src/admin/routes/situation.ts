/** What a world's calls meet: its settings, its time, and what is to go wrong. */
import { useLinearExpressions } from '../../journal/regular-expression.ts';
import type { FaultRuleInput } from '../../worlds/faults.ts';
import type { AdminRoute } from '../route.ts';

export const situationRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/settings', meaning: "the world's settings", answer: (call) => call.world().settings.get() },
  {
    method: 'PUT',
    path: '/settings',
    meaning: 'changes those that are sent, until the world is reset',
    answer: async (call) => call.world().settings.set((await call.json()) as object),
  },
  { method: 'GET', path: '/clock', meaning: "the world's time", answer: (call) => call.world().clock.get() },
  {
    method: 'PUT',
    path: '/clock',
    meaning: '{"now":"…"}, {"now":"real"}, {"advance":seconds} or {"mode":"frozen"}',
    answer: async (call) => call.world().clock.set((await call.json()) as object),
  },
  {
    method: 'GET',
    path: '/faults',
    meaning: 'the rules of what goes wrong, with their hits',
    answer: (call) => ({ rules: call.world().faults.get() }),
  },
  {
    method: 'PUT',
    path: '/faults',
    meaning: 'sets them; an operation that does not exist is refused',
    async answer(call) {
      const rules = await call.json();
      if (JSON.stringify(rules).includes('"request"')) await useLinearExpressions();
      return { rules: call.world().faults.set(rules as readonly FaultRuleInput[]) };
    },
  },
  { method: 'DELETE', path: '/faults', meaning: 'takes them away', answer: (call) => call.world().faults.clear() },
];
