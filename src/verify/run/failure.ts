/** Why a call got no answer, in words that say what to do. */
import { connect } from 'node:tls';
import { MockError } from '../../mock-error.ts';

export interface Failure {
  /** What happened, for a finding: `the connection was closed (ECONNRESET)`. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** No call can succeed before that is done. */
  readonly isFinal: boolean;
}

/** Whom was asked, and how long an answer was waited for. */
export interface Asked {
  readonly base: string;
  readonly timeout: number;
}

const NOT_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|bad port/i;
const TIMED_OUT = /TimeoutError|TIMEOUT|ETIMEDOUT/i;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/i;
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|EPROTO|HTTP_REQUEST/i;

export function failureOf(error: unknown, { base, timeout }: Asked): Failure {
  const code = codeOf(error);
  const final = (message: string, fix: string): Failure => ({ message, fix, isFinal: true });
  if (NOT_CONNECTED.test(code)) return final(`No connection to ${base} (${code}).`, 'Start the server, or check the address.');
  if (TIMED_OUT.test(code))
    return {
      message: `no answer within ${seconds(timeout)}`,
      fix: `Give it longer with --timeout ${seconds(timeout * 3)}, or see why the server is slow.`,
      isFinal: false,
    };
  if (NOT_TLS.test(code)) return final(`${base} does not speak https (${code}).`, `Write ${base.replace(/^https/, 'http')}.`);
  if (CERTIFICATE.test(code))
    return final(
      `The certificate of ${base} is not trusted (${code}).`,
      'Accept it with --insecure, or name its issuer in NODE_EXTRA_CA_CERTS.',
    );
  if (/TLS|SSL/.test(code))
    return final(`No secure connection to ${base} (${code}).`, 'Check its TLS settings, or write http:// if it speaks no https.');
  if (/^HPE_|^HTTPParserError$/.test(code))
    return { message: `an answer that is not HTTP (${code})`, fix: 'Check the port.', isFinal: false };
  return { message: `no answer: the connection was closed (${code})`, fix: 'See the log of the server.', isFinal: false };
}

const seconds = (milliseconds: number): string => (milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`);

function codeOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: Error & { code?: string; errors?: readonly { code?: string }[] } };
  if (name === 'TimeoutError') return name;
  // Without a code on Node 26.
  if (cause?.name === 'HTTPParserError') return cause.code ?? cause.name;
  return cause?.code ?? cause?.errors?.[0]?.code ?? cause?.message ?? (error as { code?: string }).code ?? message;
}

/** A server of https closes a connection on which it hears http: a handshake shows that it is one. @throws MockError */
export async function refuseIfSecure(base: string): Promise<void> {
  const { protocol, hostname, port } = new URL(base);
  if (protocol !== 'http:' || !(await speaksTls(hostname.replace(/^\[|\]$/g, ''), Number(port || 80)))) return;
  throw new MockError('not-connected', `${base} speaks https.`, `Write ${base.replace(/^http/, 'https')}.`);
}

const HANDSHAKE_MS = 2000;
const speaksTls = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    // Nothing is sent: which certificate it is does not matter.
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: HANDSHAKE_MS });
    const settle = (isSecure: boolean) => () => {
      socket.destroy();
      resolve(isSecure);
    };
    socket.once('secureConnect', settle(true)).once('error', settle(false)).once('timeout', settle(false)).once('close', settle(false));
  });
