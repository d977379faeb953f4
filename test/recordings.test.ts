/**
 * Everything that a real ServiceStack host was asked is asked again, and answered equally. Each scenario has a world of its
 * own; the recordings say how strictly an answer is compared (fixtures/recordings, the issue on fidelity).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock, type Mock } from '../src/mock.ts';
import { encode } from '../src/wire/codec.ts';
import { shows } from './support/evidence.ts';
import { differences } from './support/recordings/comparison.ts';
import { closeSockets, type Host, Player, worldOf } from './support/recordings/player.ts';
import { recordingFiles, type Scenario, scenariosOf, type Step, textOf } from './support/recordings/scenario.ts';
import { dtoOf, profileOf } from './wire/recordings.ts';

const mocks: Mock[] = [];
const hosts = new Map<string, Host>();
const agreement = new Map<string, { agree: number; of: number }>();

beforeAll(async () => {
  for (const api of ['trendsic', 'canvara'] as const) {
    for (const defaultFormat of ['json', 'html'] as const) {
      const mock = createMock({ apis: [api], auth: 'strict', nulls: 'wire', defaultFormat });
      mocks.push(mock);
      const { url } = await mock.listen({ port: 0 });
      hosts.set(`${api} ${defaultFormat}`, { url, contact: api === 'canvara' ? await someContact(url) : '' });
    }
  }
});

afterAll(async () => {
  closeSockets();
  await Promise.all(mocks.map((mock) => mock.close()));
  const [agree, of] = [...agreement.values()].reduce<[number, number]>(
    ([left, right], file) => [left + file.agree, right + file.of],
    [0, 0],
  );
  console.log(
    `${[...agreement].map(([file, counts]) => `${file} ${counts.agree}/${counts.of}`).join(', ')}\n${agree} of ${of} recorded scenarios agree`,
  );
});

async function someContact(url: string): Promise<string> {
  const { routes } = (await (await fetch(`${url}/__admin/routes`)).json()) as { routes: { example: { path: string } }[] };
  const contact = routes
    .map(({ example }) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(example.path)?.[0])
    .find((found) => found !== undefined);
  if (contact === undefined) throw new Error('no example path names a contact');
  return contact;
}

/** The steps that are compared; where one differs, what. */
async function replay(scenario: Scenario): Promise<string[]> {
  const player = new Player(hosts.get(`${scenario.api} ${scenario.default}`)!, worldOf(scenario));
  const found: string[] = [];
  for (const step of scenario.steps) {
    if (step.compare === 'reference') continue;
    if (step.compare === 'encode') found.push(...encoded(scenario, step));
    else
      found.push(
        ...(await differences(step, await player.play(step), player, scenario.id.startsWith('auth/'))).map(
          (text) => `${step.request.method} ${step.request.target}: ${text}`,
        ),
      );
  }
  return found;
}

function encoded({ api }: Scenario, { request, response }: Step): string[] {
  const { dto, format, value } = JSON.parse(textOf(request.body ?? '')) as { dto: string; format: 'json'; value: object };
  const text = encode(dtoOf(api, dto), value, { format, profile: profileOf(api), nulls: 'wire' });
  const recorded = textOf(response.body ?? '');
  return text === recorded
    ? []
    : [`encode ${dto} as ${format}\n    recorded ${recorded.slice(0, 500)}\n    written  ${text.slice(0, 500)}`];
}

const OPERATIONS = [
  [/\/ContactConnection/, 'trendsic.ContactConnectionRequest'],
  [/\/connections|\/GetConnectionsToContact/, 'canvara.GetConnectionsToContact'],
  [/\/links|\/ContactConnectedLinks/, 'canvara.ContactConnectedLinks'],
] as const;

const isCompared = ({ steps }: Scenario): boolean => steps.some(({ compare }) => compare !== 'reference' && compare !== 'none');

test.each(recordingFiles())('answers what is recorded in %s as the real host does', async (file) => {
  const scenarios = scenariosOf(file).filter(isCompared);
  const disagreements: string[] = [];
  const waiting = [...scenarios];
  const work = async (): Promise<void> => {
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
      const found = await replay(scenario).catch((error: unknown) => [`failed: ${String(error)}`]);
      if (found.length > 0) disagreements.push(`${scenario.id}\n  ${found.join('\n  ')}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  agreement.set(file.replace('.jsonl', ''), { agree: scenarios.length - disagreements.length, of: scenarios.length });
  expect(disagreements.length, `${disagreements.length} of ${scenarios.length} disagree:\n${disagreements.slice(0, 20).join('\n')}`).toBe(
    0,
  );
  const targets = scenarios.flatMap(({ steps }) =>
    steps.filter(({ compare }) => compare !== 'reference').map(({ request }) => request.target),
  );
  const shown = OPERATIONS.filter(([pattern]) => targets.some((target) => pattern.test(target))).map(([, operation]) => operation);
  for (const operation of shown) shows(operation, 'recorded');
});
