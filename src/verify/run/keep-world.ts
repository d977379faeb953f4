/** A mock is left as it was found: a snapshot of its world is taken before the writing and restored after it. */
import type { Client } from './client.ts';

const NAME = 'before-verify';

/** Keeps the world that the base URL names; undefined where the server does not let it. */
export async function keepWorld(client: Client, admin: string): Promise<(() => Promise<void>) | undefined> {
  const ask = async (method: string, path: string): Promise<number> =>
    (await client.ask({ method, target: `${admin}/snapshots/${NAME}${path}`, headers: {} })).response.status;
  const status = await ask('PUT', '');
  if (status < 200 || status > 299) return undefined;
  return async () => {
    await ask('POST', '/restore');
    await ask('DELETE', '');
  };
}
