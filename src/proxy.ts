/** A real service behind us, untouched, and every answer to a documented operation compared with the contract. */
import { type Context, Hono } from 'hono';
import { adminApp } from './admin/app.ts';
import { isLoopback } from './admin/guard.ts';
import { ADMIN_ROUTES } from './exchange/app.ts';
import { askUpstream } from './exchange/forwarding.ts';
import { inboundFor } from './exchange/hono-transport.ts';
import { ServedCall } from './exchange/served-call.ts';
import { type Env, InProcess, transportOf } from './http/connection.ts';
import { alreadySent, receivedHeaders, toResponse } from './http/outbound.ts';
import { pathOf } from './http/target.ts';
import { type JournalEntry, journalEntry } from './journal/entry.ts';
import type { WholeBodies } from './journal/har.ts';
import type { Log } from './journal/log.ts';
import { shortenText } from './journal/redaction.ts';
import type { CallRecord } from './journal/record.ts';
import { listen } from './listen.ts';
import type { Server } from './mock.ts';
import { DEFAULTS } from './options.ts';
import type { Api, Settings } from './protocols/protocol.ts';
import { secret } from './store/random.ts';
import type { Finding } from './verify/compare/finding.ts';
import { decodedBody, type Exchange, headerLines } from './verify/exchange.ts';
import type { Report } from './verify/report/report.ts';
import { Traffic } from './verify/traffic.ts';
import { worldManager } from './worlds/from-options.ts';
import { mockWorld } from './worlds/mock-world.ts';

/** Bytes of a body that are compared; a longer one is passed on and told. */
const MAX_COMPARED = 16_000_000;

export interface ProxyOptions {
  /** The real service. */
  readonly url: string;
  readonly apis: readonly Api[];
  readonly nulls: Settings['nulls'];
  /** Milliseconds until an answer has to begin. */
  readonly timeout?: number;
  readonly adminToken?: string | undefined;
  readonly log?: Log | undefined;
  /** Told what an answer showed for the first time. */
  readonly onFindings: (entry: JournalEntry, findings: readonly Finding[]) => void;
  /** Told of every call with its bodies. */
  readonly onCall?: (entry: JournalEntry, bodies: WholeBodies, exchange: Exchange) => void;
}

export interface Proxy {
  listen(options: { readonly port: number; readonly host: string }): Promise<Server>;
  /** What was found so far. */
  report(): Report;
  /** Resolves when somebody asked it to stop (`POST /__admin/shutdown`). */
  readonly stopped: Promise<void>;
  close(): Promise<void>;
}

export function createProxy(options: ProxyOptions): Proxy {
  const { apis, url, log, adminToken, timeout = DEFAULTS.upstreamTimeout } = options;
  const manager = worldManager(apis, log === undefined ? {} : { log });
  const upstream = { url: new URL(url), timeout };
  const traffic = new Traffic(apis, { nulls: options.nulls });
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const servers: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    manager.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  };

  const app = new Hono<Env>({ getPath: (request, options) => pathOf(request, transportOf(options?.env)) });
  const admin = adminApp({
    manager,
    adminToken,
    adminHosts: [],
    world: (name) =>
      mockWorld(manager, name, async (input, init) => app.fetch(new Request(input, init), { inProcess: new InProcess(name) })),
    shutdown() {
      stop();
      void close();
    },
  });
  for (const pattern of ADMIN_ROUTES) app.all(pattern, ({ req, env }) => admin.fetch(req.raw, env));
  app.all('*', async (c: Context<Env>) => {
    const inbound = inboundFor(manager, c);
    // A short body was read before; a long one flows through.
    if (!inbound.isUnread) await inbound.readBody();
    const call = new ServedCall(inbound, manager.worlds.get(''), manager.settings, log);
    const { outgoing } = c.env ?? {};
    const reply = await askUpstream(call, upstream, inbound.header('prefer'), MAX_COMPARED, (chunks, size) =>
      compare(call, Buffer.concat(chunks), size),
    ).catch((error: unknown) => {
      // The caller went away.
      if (inbound.signal.aborted && outgoing !== undefined) return undefined;
      throw error;
    });
    if (reply === undefined) return alreadySent();
    call.finish();
    call.reply = reply;
    const lines = receivedHeaders(reply, manager.requestId(call.number));
    lines.push('X-Mock-Served-By', 'upstream');
    call.answeredHeaders = lines;
    const sent = toResponse(reply, lines, inbound.method, outgoing);
    call.record = manager.record(call);
    return sent;
  });

  function compare(call: ServedCall, body: Uint8Array, size: number): void {
    // The journal's entry is made when the head of the answer is there; a body that was empty may be told before.
    queueMicrotask(() => {
      const record = call.record as CallRecord;
      record.completeBody([body.subarray(0, manager.settings.journalBody)], size);
      const exchange = exchangeOf(call, size > MAX_COMPARED ? undefined : body);
      const findings = traffic.add(exchange, record.ms) ?? [];
      record.explain(
        findings.map(({ path, rule, wanted, seen }) => ({
          message: `${rule} ${path}: wanted ${wanted}, seen ${seen}.`,
          rule,
          member: path,
        })),
      );
      const entry = journalEntry(manager, record);
      if (findings.length > 0) options.onFindings(entry, findings);
      options.onCall?.(entry, bodiesOf(exchange), exchange);
    });
  }

  return {
    async listen({ port, host }) {
      const token = isLoopback(host) ? undefined : (adminToken ?? secret());
      const server = await listen(
        app,
        { port, host, adminToken: token, tls: undefined },
        {
          unreadable: ({ status, reason }) =>
            log?.({ event: 'note', message: `A request could not be read as HTTP and was answered ${status}: ${reason}.` }),
          note: (message) => log?.({ event: 'note', message }),
        },
      );
      servers.push(server);
      return { url: server.url, adminToken: token, close: server.close };
    },
    report: () => traffic.report(url),
    stopped,
    close,
  };
}

function exchangeOf({ inbound, reply }: ServedCall, body: Uint8Array | undefined): Exchange {
  const sent = inbound.rawHeaders();
  const lines = Array.from({ length: sent.length / 2 }, (_, i) => [sent[2 * i]!, sent[2 * i + 1]!] as const);
  const headers = headerLines(
    Object.entries(reply?.headers ?? {}).flatMap(([name, value]) => [value].flat().map((line) => [name, line as string] as const)),
  );
  return {
    request: { method: inbound.method, target: inbound.sentTarget, headers: headerLines(lines), body: inbound.body },
    response: { status: reply?.status ?? 0, headers, body: body && decodedBody(body, headers['content-encoding']) },
  };
}

function bodiesOf({ request, response }: Exchange): WholeBodies {
  const sent = request.body === undefined ? undefined : shortenText(new TextDecoder().decode(request.body));
  const { body } = response;
  if (body === undefined) return { request: sent };
  try {
    const text = shortenText(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return { request: sent, response: { text, isBase64: false, size: Buffer.byteLength(text) } };
  } catch {
    return { request: sent, response: { text: Buffer.from(body).toString('base64'), isBase64: true, size: body.length } };
  }
}
