/** What the mock tells about itself while it runs; who listens decides where it goes. */
import type { Explanation } from '../http/message.ts';

export type LogEvent =
  | {
      readonly event: 'request';
      readonly id: string;
      /** `''` for the unnamed one. */
      readonly world: string;
      readonly method: string;
      /** As sent, secrets shortened. */
      readonly target: string;
      /** Left out where the connection was broken on purpose. */
      readonly status?: number;
      readonly ms: number;
      readonly operation?: string;
      /** Of an error, and of wishes that were not granted. */
      readonly explanation?: Explanation & { readonly more?: readonly Explanation[] };
    }
  | { readonly event: 'world-dropped'; readonly world: string; readonly reason: 'idle' | 'cap'; readonly message: string }
  | { readonly event: 'mistake'; readonly message: string; readonly stack?: string | undefined }
  | { readonly event: 'note'; readonly message: string };

export type Log = (event: LogEvent) => void;
