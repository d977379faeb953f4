/** A JSON answer of `/__admin`, made to be read by people as well. */
import { REASONS } from '../http/reasons.ts';

const encoder = new TextEncoder();

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = encoder.encode(`${JSON.stringify(value, null, 2)}\n`);
  const always = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(bytes.length), 'Cache-Control': 'no-store' };
  return new Response(bytes, { status, statusText: REASONS[status] ?? '', headers: { ...always, ...headers } });
}
