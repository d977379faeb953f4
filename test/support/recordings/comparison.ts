/** Holds an answer against a recorded one as the recording asks for it; says what differs. */
import type { Answer, Player } from './player.ts';
import { beginning, type Step, textOf } from './scenario.ts';

const COMPARED = ['content-type', 'content-disposition', 'www-authenticate', 'location', 'x-autobatch-completed'] as const;
/** A cookie of the host's user store that no client looks at. */
const UNCOMPARED_COOKIE = 'X-UAId';

type Headers = readonly (readonly [string, string])[];
const header = (headers: Headers, name: string): string | undefined => headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];

export async function differences(step: Step, answer: Answer, player: Player, hasCookies: boolean): Promise<string[]> {
  switch (step.compare) {
    case 'exact':
      return [...head(step, answer, player, hasCookies), ...body(step, answer, player), ...(await bound(step, answer, player))];
    case 'head':
      return [...head(step, answer, player, hasCookies), ...(await bound(step, answer, player))];
    case 'text-only':
      return [
        ...head(step, answer, player, hasCookies),
        ...differs("the error's beginning", beginning(textOf(step.response.body!)), beginning(answer.body)),
      ];
    case 'shape':
      return [...head(step, answer, player, hasCookies), ...shape(step, answer)];
    case 'bound':
      if (step.bound === undefined) return [...head(step, answer, player, false), ...body(step, answer, player)];
      return bound(step, answer, player);
    default:
      return [];
  }
}

const differs = (what: string, expected: unknown, actual: unknown): string[] => {
  const [left, right] = [JSON.stringify(expected), JSON.stringify(actual)];
  return left === right ? [] : [`${what}\n    recorded ${left}\n    answered ${right}`];
};

function head(step: Step, answer: Answer, player: Player, hasCookies: boolean): string[] {
  const { response } = step;
  const found = [...differs('status', response.status, answer.status), ...differs('reason', response.reason, answer.reason)];
  for (const name of COMPARED) {
    const expected = header(response.headers, name);
    found.push(...differs(name, expected === undefined ? undefined : player.filled(expected), header(answer.headers, name)));
  }
  const vary = header(response.headers, 'vary');
  if (vary !== undefined && !(header(answer.headers, 'vary') ?? '').includes(vary))
    found.push(...differs('vary', vary, header(answer.headers, 'vary')));
  if (hasCookies) found.push(...differs('cookies', cookies(response.headers), cookies(answer.headers)));
  return found;
}

/** Names and attributes; an emptied cookie is another than a filled one. */
const cookies = (headers: Headers): string[] =>
  headers
    .filter(([name, value]) => name.toLowerCase() === 'set-cookie' && !value.startsWith(`${UNCOMPARED_COOKIE}=`))
    .map(([, value]) => {
      const [pair = '', ...attributes] = value.split('; ');
      const equals = pair.indexOf('=');
      const names = attributes.map((attribute) => attribute.replace(/^expires=.*/, 'expires')).sort();
      return `${pair.slice(0, equals)}${pair.length === equals + 1 ? ' emptied' : ''}: ${names.join(', ')}`;
    })
    .sort();

const body = ({ response }: Step, answer: Answer, player: Player): string[] =>
  response.body === undefined ? [] : differs('body', player.filled(textOf(response.body)), answer.body);

async function bound(step: Step, answer: Answer, player: Player): Promise<string[]> {
  if (step.bound === undefined) return [];
  return differs('bound', JSON.parse(player.filled(JSON.stringify(step.bound))), await player.bound(answer));
}

/** Names in order and types; masked members have any value. */
function shape(step: Step, answer: Answer): string[] {
  const masked = new Set(step.mask ?? []);
  const outline = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(outline);
    if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
    return Object.entries(value).map(([name, member]) => [name, masked.has(name) ? 'masked' : outline(member)]);
  };
  return differs('shape', outline(JSON.parse(textOf(step.response.body ?? 'null'))), outline(JSON.parse(answer.body || 'null')));
}
