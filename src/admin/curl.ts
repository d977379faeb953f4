/** A call as curl makes it, ready to paste. */
import type { Example } from '../protocols/protocol.ts';

export function curl({ method, path, headers = {}, body }: Example, server: string): string {
  const sent = body === undefined || typeof body === 'string' ? headers : { 'Content-Type': 'application/json', ...headers };
  return [
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    ...Object.entries(sent).flatMap(([name, value]) => ['-H', quoted(`${name}: ${value}`)]),
    ...(body === undefined ? [] : ['--data-binary', quoted(typeof body === 'string' ? body : JSON.stringify(body))]),
    quoted(server + path),
  ].join(' ');
}

/** For a POSIX shell; what needs no quotes has none. */
const quoted = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
