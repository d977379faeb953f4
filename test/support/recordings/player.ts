/** Plays a scenario over a real socket, since an empty header, a header sent twice or an odd target need one. */
import { Agent, request as send } from 'node:http';
import { bytesOf, type Scenario, type Step } from './scenario.ts';

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface Host {
  readonly url: string;
  /** The id of some Canvara contact of an untouched world. */
  readonly contact: string;
}

/** The contact of the recorded host, where the recordings name it. */
const RECORDED_CONTACT = /3f2504e0-4f89-41d3-9a0c-0305e82c3301/g;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
export const closeSockets = (): void => agent.destroy();

export class Player {
  readonly #host: Host;
  readonly #world: string;
  readonly #cookies = new Map<string, string>();
  readonly #taken = new Map<string, string>();

  constructor(host: Host, world: string) {
    this.#host = host;
    this.#world = world;
  }

  async play(step: Step): Promise<Answer> {
    const { method, target, headers = {}, body, raw, cookies, take } = step.request;
    const lines: Record<string, string | string[]> = { 'X-Mock-World': this.#world };
    for (const [name, value] of Object.entries(headers)) {
      if (typeof value === 'string') lines[name] = this.filled(value);
      else if (value.length > 0) lines[name] = value.map((line) => this.filled(line));
    }
    if (cookies === true && this.#cookies.size > 0)
      lines['Cookie'] = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const bytes = body === undefined ? undefined : typeof body === 'string' ? Buffer.from(this.filled(body)) : bytesOf(body);
    if (raw === 'chunked') lines['Transfer-Encoding'] = 'chunked';
    else if (bytes !== undefined) lines['Content-Length'] = String(bytes.length);
    const answer = await call(this.#host.url, method, this.filled(target), lines, bytes);
    this.#keepCookies(answer);
    for (const [name, pattern] of Object.entries(take ?? {})) this.#take(name, pattern, answer);
    return answer;
  }

  /** Placeholders of a recording, filled in for this host. */
  filled(text: string): string {
    const { host } = new URL(this.#host.url);
    return text
      .replaceAll('{contact}', this.#host.contact)
      .replace(RECORDED_CONTACT, this.#host.contact)
      .replaceAll('{host}', host)
      .replaceAll('{host-encoded}', host.replace(':', '%3a'))
      .replace(/\{var:(\w+)\}/g, (all, name: string) => this.#taken.get(name) ?? all);
  }

  /** What the journal says of the call. */
  async bound({ headers }: Answer): Promise<unknown> {
    const id = headers.find(([name]) => name.toLowerCase() === 'x-mock-request-id')?.[1];
    const entry = await call(this.#host.url, 'GET', `/__admin/requests/${id}`, { 'X-Mock-World': this.#world }, undefined);
    if (entry.status !== 200) throw new Error(`the journal has no call ${id}: ${entry.status} ${entry.body}`);
    return (JSON.parse(entry.body) as { bound?: unknown }).bound ?? null;
  }

  #keepCookies({ headers }: Answer): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() !== 'set-cookie') continue;
      const [pair = ''] = value.split(';', 1);
      const equals = pair.indexOf('=');
      const content = pair.slice(equals + 1);
      if (content === '') this.#cookies.delete(pair.slice(0, equals));
      else this.#cookies.set(pair.slice(0, equals), content);
    }
  }
  #take(name: string, pattern: string, { body }: Answer): void {
    const found = new RegExp(pattern).exec(body);
    // As recorded: where there is nothing to take, later steps send nothing in its place.
    this.#taken.set(name, found?.[1] ?? found?.[0] ?? '');
  }
}

export const worldOf = ({ id }: Scenario): string => id.replace(/[^A-Za-z0-9]/g, '-').slice(-64);

function call(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  body: Buffer | undefined,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = send({ hostname, port, method, headers, agent }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const raw = incoming.rawHeaders;
        resolve({
          status: incoming.statusCode ?? 0,
          reason: incoming.statusMessage ?? '',
          headers: Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!] as const),
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    // As recorded, a blank in it included, which Node would refuse to be given.
    Object.defineProperty(outgoing, 'path', { value: path });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
