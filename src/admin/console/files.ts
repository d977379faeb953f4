/** The console's page, script and style as answers. */
import { builtFile, type ConsoleFile } from './built.ts';

const TYPES: Readonly<Record<ConsoleFile, string>> = {
  'console.html': 'text/html; charset=utf-8',
  'console.css': 'text/css; charset=utf-8',
  'console.js': 'text/javascript; charset=utf-8',
};

/** Nothing but our own files and routes, and nobody frames the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `path`: the one that was asked for. Addresses in the page are relative, so that it works below any mount and any world. */
export async function consoleFile(name: ConsoleFile, path: string): Promise<Response> {
  const text = await builtFile(name);
  const body = path.endsWith('/') ? text.replaceAll('"__admin/', '"') : text;
  const headers = {
    'Content-Type': TYPES[name],
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
  return new Response(body, { headers });
}
