/** The one thing that nobody may foretell: a token for a control plane that others can reach. */
export const secret = (): string => crypto.randomUUID();
