/** A mock is left as it was found: its world is snapshot before the writing and restored after it. */
import type { Client } from './client.ts';

const NAME = 'before-verify';

/** Keeps the world that the base URL names; undefined where the server does not let it. */
export async function keepWorld(client: Client, admin: string): Promise<(() => Promise<void>) | undefined> {
  const path = `${admin}/snapshots/${NAME}`;
  const kept = await client.ask({ method: 'PUT', path });
  if (kept.status < 200 || kept.status > 299) return undefined;
  return async () => {
    await client.ask({ method: 'POST', path: `${path}/restore` });
    await client.ask({ method: 'DELETE', path });
  };
}
