/** Talks to `/__admin` and to the APIs, in the world of the page's own address. */
import { button, form, h } from './dom.ts';

/** `…/__admin` without a slash at its end. */
export const base = location.pathname.replace(/\/+$/, '');
/** What stands before `/__admin`: the address of the APIs in this world. */
export const prefix = base.replace(/\/__admin$/i, '');
const named = /^(.*)\/__worlds\/([^/]+)$/.exec(prefix);
/** The world that the address names; empty for the unnamed one. */
export const world = named === null ? '' : decodeURIComponent(named[2] as string);
const root = named === null ? prefix : named[1];

export const addressOf = (name: string) => `${root}${name === '' ? '' : `/__worlds/${encodeURIComponent(name)}`}/__admin`;
/** The server's address with the world in it, for what is copied. */
export const origin = location.origin + prefix;

const TOKEN = 'contacts-mock token';
let token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token !== null) {
  sessionStorage.setItem(TOKEN, token);
  history.replaceState(null, '', location.pathname);
}
token = sessionStorage.getItem(TOKEN);
const credentials = () => (token === null ? {} : { Authorization: `Bearer ${token}` });

let asking: Promise<void> | undefined;
/** Asks for the token once, however many calls were refused. */
function askToken() {
  asking ??= new Promise((resolve) => {
    const input = h('input', { type: 'password', autocomplete: 'off', required: true, label: 'Token' });
    const take = () => {
      token = input.value.trim();
      sessionStorage.setItem(TOKEN, token as string);
      asking = undefined;
      dialog.remove();
      resolve();
    };
    const why = h('p', 'The server printed it at its start.');
    const fields = form('form', 'Token', take, h('h2', 'Token of the control plane'), why, input, h('p', h('button.main', 'Go on')));
    const dialog = h('dialog', { label: 'Token of the control plane', oncancel: (event: Event) => event.preventDefault() }, fields);
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

export class AdminError extends Error {
  /** 0: there was no answer. */
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(`${base}/${path}`, { ...init, headers: { ...credentials(), ...init.headers } });
  if (answer.status !== 401) return answer;
  await askToken();
  return ask(path, init);
}

/** The answer of an admin route; throws an `AdminError` with the route's own message. */
// biome-ignore lint/suspicious/noExplicitAny: the caller says what the route answers
export async function admin<T = any>(path: string, method = 'GET', body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await ask(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw new AdminError('The server cannot be reached.', 0);
  }
  const text = await answer.text();
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Its text will do.
  }
  if (!answer.ok) throw new AdminError((value as { message?: string }).message ?? (text || answer.statusText), answer.status);
  return value as T;
}

export const path = (...parts: readonly (string | number)[]) => parts.map((part) => encodeURIComponent(part)).join('/');
export const query = (members: Record<string, string | number | boolean | undefined>) => {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept.map(([name, value]) => [name, String(value)]))}`;
};

/** Calls `onCall` for every call of the world and `onState` with whether the stream is open; comes back after a restart. */
export async function follow(onCall: () => void, onState: (isLive: boolean) => void) {
  for (let wait = 250; ; wait = Math.min(wait * 2, 4000)) {
    try {
      const answer = await ask('requests/stream?view=id');
      if (!answer.ok || answer.body === null) throw new Error(answer.statusText);
      onState(true);
      wait = 250;
      const reader = answer.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) onCall();
    } catch {
      // The server stopped, or the network did.
    }
    onState(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

const known = new Map<string, Promise<unknown>>();
/** What does not change while the server runs, asked for once. */
// biome-ignore lint/suspicious/noExplicitAny: as of `admin`
export function lasting<T = any>(route: string): Promise<T> {
  let answer = known.get(route);
  if (answer === undefined) {
    answer = admin(route);
    known.set(route, answer);
    answer.catch(() => known.delete(route));
  }
  return answer as Promise<T>;
}

const notes = () => document.getElementById('notes') as HTMLElement;
/** Tells what was done, or what went wrong. */
export function say(text: string, isBad = false) {
  const note = h(
    `p.note${isBad ? '.bad' : ''}`,
    text,
    button('×', () => note.remove(), { label: 'Close' }),
  );
  notes().append(note);
  while (notes().childElementCount > 3) notes().firstElementChild?.remove();
  setTimeout(() => note.remove(), isBad ? 12_000 : 4000);
}

/** Does something and tells how it went. */
export async function act(work: () => Promise<unknown>, done = '') {
  try {
    await work();
    if (done !== '') say(done);
    return true;
  } catch (error) {
    say((error as Error).message, true);
    return false;
  }
}

/** To the clipboard; where the browser gives none (http off loopback), as text to copy by hand. */
export async function copy(text: string, what: string) {
  try {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  } catch {
    const area = h('textarea', { rows: 12, readonly: true, label: what, value: text });
    const dialog = h(
      'dialog',
      { label: what, onclose: () => dialog.remove() },
      area,
      button('Close', () => dialog.close()),
    );
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  }
}

/** Calls for the network panel of a browser; `route` answers one or all of them. */
export const saveHar = (route: string) =>
  act(async () => {
    const har = await admin(`${route}?format=har`);
    const href = URL.createObjectURL(new Blob([JSON.stringify(har, null, 1)], { type: 'application/json' }));
    h('a', { href, download: 'contacts-mock.har' }).click();
    URL.revokeObjectURL(href);
  });
