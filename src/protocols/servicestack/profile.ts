/** The settings in which two ServiceStack services differ on the wire; each API's contract states its own. */
export type { WireProfile as ServiceStackProfile } from '../../wire/profile.ts';
