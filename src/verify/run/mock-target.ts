/** A target that is a mock: what it says of itself, and how it is left as it was found. */
import type { Route, Settings } from '../../protocols/protocol.ts';
import { textOf } from '../compare/answer.ts';
import type { Client } from './client.ts';

export interface MockTarget {
  /** Address of its admin routes. */
  readonly admin: string;
  readonly routes: readonly Route[];
  readonly auth: Settings['auth'];
}

/** Undefined where the target is no mock, or does not say. */
export async function mockBehind(client: Client): Promise<MockTarget | undefined> {
  for (const admin of client.adminBases) {
    const { routes } = await jsonAt(client, `${admin}/routes`);
    const known = Array.isArray(routes) ? routes.filter(isRoute) : [];
    if (known.length === 0) continue;
    const { auth } = await jsonAt(client, `${admin}/settings`);
    return { admin, routes: known, auth: auth === 'strict' || auth === 'off' ? auth : 'documented' };
  }
  return undefined;
}

async function jsonAt(client: Client, target: string): Promise<Readonly<Record<string, unknown>>> {
  const { response } = await client.ask({ method: 'GET', target, headers: {} });
  try {
    const value: unknown = JSON.parse(response.status === 200 && response.body !== undefined ? (textOf(response.body) ?? '') : '');
    return (value ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

const isRoute = (route: unknown): route is Route => {
  const { operation, method, path, example } = (route ?? {}) as Partial<Record<keyof Route, unknown>>;
  const isText = [operation, method, path].every((text) => typeof text === 'string');
  return isText && typeof (example as { path?: unknown } | undefined)?.path === 'string';
};

const SNAPSHOT = 'before-verify';

/** Takes a snapshot of the world that the base URL names; gives what restores it, undefined where the server does not let it. */
export async function keepWorld(client: Client, admin: string): Promise<(() => Promise<void>) | undefined> {
  const ask = async (method: string, path: string): Promise<number> =>
    (await client.ask({ method, target: `${admin}/snapshots/${SNAPSHOT}${path}`, headers: {} })).response.status;
  const status = await ask('PUT', '');
  if (status < 200 || status > 299) return undefined;
  return async () => {
    await ask('POST', '/restore');
    await ask('DELETE', '');
  };
}
