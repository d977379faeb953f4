/** The users of every world, in this order: the ids count from 1, the password is the name (surface.md §1). */
export interface Caller {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly string[];
}

const named = (names: Readonly<Record<string, readonly string[]>>): readonly Caller[] =>
  Object.freeze(Object.entries(names).map(([name, roles], i) => Object.freeze({ id: i + 1, name, roles })));

export const callers: readonly Caller[] = named({
  worker: ['Worker'],
  agent: ['Agent'],
  administrator: ['Administrator'],
  admin: ['Admin'],
  visitor: [],
});

export const callerNamed = (name: string): Caller | undefined => callers.find((caller) => caller.name === name);

/** The caller with this password; undefined where either is wrong. */
export const signIn = (name: string, password: string): Caller | undefined => (name === password ? callerNamed(name) : undefined);
