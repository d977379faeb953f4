/** The address after `#`: `#/view/part/part?name=value`. */
import { decodedOrAsSent } from '../../../http/percent-encoding.ts';

export function place(): { parts: string[]; query: URLSearchParams } {
  const [route = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const parts = route.split('/').filter(Boolean).map(decodedOrAsSent);
  return { parts: parts.length === 0 ? ['requests'] : parts, query: new URLSearchParams(search) };
}

/** Goes to an address; `quiet` leaves no entry in the history. */
export function go(hash: string, quiet: boolean = false) {
  if (!quiet) location.hash = hash;
  else {
    history.replaceState(null, '', hash);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

export const recordAddress = (entity: string, key: string | number) => `#/data/${encodeURIComponent(entity)}/${encodeURIComponent(key)}`;
