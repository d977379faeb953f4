/** Where a page may send its reader: to this mock and nowhere else. */

/** The path of an address of this mock; undefined for any other. */
export function ownPath(address: string | undefined, origin: string): string | undefined {
  if (address === undefined) return undefined;
  try {
    const base = new URL(origin);
    const target = new URL(address, base);
    return target.origin === base.origin && /^https?:$/.test(target.protocol)
      ? target.pathname.replace(/^\/+/, '/') + target.search
      : undefined;
  } catch {
    return undefined;
  }
}
