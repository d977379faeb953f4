/** The settings in which two ServiceStack services differ; each API's contract states its own. */
import type { WireProfile } from '../../wire/profile.ts';

export interface ServiceStackProfile extends WireProfile {
  /** The first sign-in provider: it stands in `WWW-Authenticate`, and `/auth` without a name means it. */
  readonly firstProvider: 'jwt' | 'credentials';
  /**
   * Where the attribute that asks for a caller stands. On the request it is a filter: its errors are generic, with a standard
   * reason phrase. On the service class it is part of the call: its errors are the operation's own (recordings `auth`).
   */
  readonly guard: 'request' | 'service';
  /** The class behind the operations; shown where it has no method for a verb. */
  readonly serviceClass: string;
}
