/** Query strings and form posts as ASP.NET Core reads them: names in any case, repeated values joined by a comma. */

export class Parameters {
  /** Names as first written, in that order. */
  readonly entries: readonly (readonly [name: string, value: string])[];
  readonly #values: ReadonlyMap<string, string>;

  constructor(pairs: Iterable<readonly [string, string]>) {
    const merged = new Map<string, { name: string; value: string }>();
    for (const [name, value] of pairs) {
      const key = name.toLowerCase();
      const known = merged.get(key);
      if (known === undefined) merged.set(key, { name, value });
      else known.value += `,${value}`;
    }
    this.entries = [...merged.values()].map(({ name, value }) => [name, value]);
    this.#values = new Map([...merged].map(([key, { value }]) => [key, value]));
  }

  /** `name` in lower case. */
  get(name: string): string | undefined {
    return this.#values.get(name);
  }
}

export const NO_PARAMETERS = new Parameters([]);

/** `a=1&b=2`, from a query string or a form. */
export const parseParameters = (text: string): Parameters => (text === '' ? NO_PARAMETERS : new Parameters(pairsOf(text)));

function* pairsOf(text: string): Generator<readonly [string, string]> {
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    yield equals < 0 ? [unescaped(part), ''] : [unescaped(part.slice(0, equals)), unescaped(part.slice(equals + 1))];
  }
}

/** Percent signs that stand for nothing stay as they are. */
function unescaped(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

const NAME = /(?:^|;)\s*name=(?:"([^"]*)"|([^;\s]+))/i;
const FILE = /(?:^|;)\s*filename\*?=/i;

/** The fields of a `multipart/form-data` body; files are no parameters. */
export function parseMultipart(contentType: string, body: Uint8Array): Parameters {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) return NO_PARAMETERS;
  const fields: [string, string][] = [];
  for (const part of new TextDecoder().decode(body).split(`--${delimiter}`).slice(1)) {
    const end = part.indexOf('\r\n\r\n');
    if (part.startsWith('--') || end < 0) continue;
    const disposition = /^content-disposition:(.*)$/im.exec(part.slice(0, end))?.[1] ?? '';
    const name = NAME.exec(disposition);
    if (name === null || FILE.test(disposition)) continue;
    fields.push([name[1] ?? name[2] ?? '', part.slice(end + 4).replace(/\r\n$/, '')]);
  }
  return new Parameters(fields);
}
