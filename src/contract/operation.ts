/** A documented call: a name, its verbs, its path. Protocols extend it with what their documents state besides. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const satisfies readonly Method[];

export interface Operation {
  readonly name: string;
  readonly doc: string;
  readonly methods: readonly Method[];
  /** As documented, `{Name}` for a value: `/api/contacts/{ContactId}/links`. */
  readonly path: string;
}
