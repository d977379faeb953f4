/** `verify`: drives every documented operation of a server, ours or a real one, and says where it differs from the contract. */
import { catalogue } from '../apis/catalogue.ts';
import { MockError, suggest } from '../mock-error.ts';
import type { Api } from '../protocols/protocol.ts';
import { Client } from './client.ts';
import { Ids, mockBehind } from './ids.ts';
import { isLogiSense, verifyLogiSense } from './logisense-rest/logisense-rest.ts';
import { keepWorld } from './keep-world.ts';
import type { Report } from './report.ts';
import { isServiceStack, verifyServiceStack } from './servicestack/servicestack.ts';
import { Session } from './session.ts';

export interface VerifyOptions {
  /** Base URL of the server under test. */
  readonly url: string;
  /** Which APIs. Default: all. */
  readonly apis?: readonly string[];
  readonly bearer?: string;
  /** `canvara.ContactId` → value, for operations whose ids no list names. */
  readonly ids?: ReadonlyMap<string, string>;
  /** `wire`: a nullable member that is absent or null is never a finding. */
  readonly nulls?: 'placeholder' | 'wire';
  /** Asks the writing operations as well, and cleans up after. */
  readonly write?: boolean;
  readonly fetch?: typeof fetch;
  /** The APIs to choose from. Default: the catalogue. */
  readonly catalogue?: readonly Api[];
  readonly onCheck?: (operation: string, call: string) => void;
}

/** @throws MockError where no connection could be made. */
export async function verify(options: VerifyOptions): Promise<Report> {
  const apis = chosen(options.catalogue ?? catalogue, options.apis);
  const client = new Client(options.url, options.fetch ?? fetch, options.bearer);
  const mock = await mockBehind(client);
  const ids = new Ids(options.ids ?? new Map(), mock?.routes);
  const { onCheck } = options;
  const session = new Session(client, ids, {
    nulls: options.nulls ?? 'placeholder',
    write: options.write ?? false,
    ...(onCheck === undefined ? {} : { onCheck }),
  });
  // In the order of the contract, whatever is asked first.
  for (const api of apis) for (const name of Object.keys(api.operations)) session.outcome(`${api.name}.${name}`);
  const giveBack = session.isWriting && mock !== undefined ? await keepWorld(client, mock.admin) : undefined;
  try {
    for (const api of apis) {
      // Who names an API wants to hear that it is not there.
      if (options.apis?.length || !ids.isMock || ids.serves(api.name)) await verifyApi(api, session);
      else for (const name of Object.keys(api.operations)) session.notAsked(`${api.name}.${name}`, `this mock does not serve ${api.name}`);
    }
  } finally {
    await giveBack?.();
  }
  return { url: options.url, calls: client.calls, outcomes: [...session.outcomes.values()] };
}

async function verifyApi(api: Api, session: Session): Promise<void> {
  if (isServiceStack(api)) await verifyServiceStack(api, session);
  else if (isLogiSense(api)) await verifyLogiSense(api, session);
  else for (const name of Object.keys(api.operations)) session.notAsked(`${api.name}.${name}`, 'verify does not speak its protocol');
}

function chosen(all: readonly Api[], names: readonly string[] | undefined): readonly Api[] {
  if (names === undefined || names.length === 0) return all;
  return names.map((name) => {
    const api = all.find((candidate) => candidate.name === name);
    if (api !== undefined) return api;
    const known = all.map((candidate) => candidate.name);
    throw new MockError('unknown-api', `There is no API "${name}".`, suggest(name, known, `Choose from ${known.join(', ')}.`));
  });
}
