/** What must not be read off a journal or a log: shortened to its first characters, which are enough to tell two apart. */

/** Characters of a secret that stay. */
const SHOWN = 3;

const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'x-mock-admin-token']);
const SECRET_NAME =
  /^(password|newpassword|oldpassword|confirmpassword|pwd|secret|clientsecret|token|accesstoken|access_token|refreshtoken|refresh_token|bearertoken|jwt|apikey|api_key|ss-tok|ss-reftok|ss-pid|ss-id)$/i;
const NAMES =
  'new_?password|old_?password|confirm_?password|password|pwd|client_?secret|secret|access_?token|refresh_?token|bearer_?token|token|jwt|api_?key';

const IN_JSON = new RegExp(`("(?:${NAMES})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)"`, 'gi');
const IN_XML = new RegExp(`(<(?:${NAMES})>)([^<]*)(?=</)`, 'gi');
const IN_FORM = new RegExp(`((?:^|[?&,{])(?:${NAMES})[=:])([^&,}\\s]*)`, 'gi');

export const shorten = (secret: string): string => (secret === '' ? '' : `${secret.slice(0, SHOWN)}…`);

/** A header's value: the scheme and the cookies' names stay. */
export function shortenHeader(name: string, value: string): string {
  const lower = name.toLowerCase();
  if (!SECRET_HEADERS.has(lower)) return value;
  if (lower === 'cookie') return value.replace(/=([^;]*)/g, (_, secret: string) => `=${shorten(secret)}`);
  if (lower === 'set-cookie') return value.replace(/^([^=]*=)([^;]*)/, (_, cookie: string, secret: string) => cookie + shorten(secret));
  const space = value.indexOf(' ');
  return space < 0 ? shorten(value) : `${value.slice(0, space + 1)}${shorten(value.slice(space + 1))}`;
}

/** The secrets in a text that may be JSON, XML, a form, a query or a target. */
export const shortenText = (text: string): string =>
  text
    .replace(IN_JSON, (_, before: string, secret: string) => `${before}${shorten(secret)}"`)
    .replace(IN_XML, (_, before: string, secret: string) => before + shorten(secret))
    .replace(IN_FORM, (_, before: string, secret: string) => before + shorten(secret));

/** The secrets among the members of a value. */
export function shortenValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shortenValue);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && SECRET_NAME.test(name) ? shorten(member) : shortenValue(member),
    ]),
  );
}
