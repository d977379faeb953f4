/** Drives every documented operation of a server, ours or a real one, and collects where it differs from the contract. */
import { chosen } from '../apis/chosen.ts';
import { MockError } from '../mock-error.ts';
import type { Api } from '../protocols/protocol.ts';
import type { Nulls } from './compare/comparison.ts';
import { isLogiSense } from './logisense-rest/compare.ts';
import { verifyLogiSense } from './logisense-rest/verify.ts';
import { Collector } from './report/collector.ts';
import type { Report } from './report/report.ts';
import { Asker, ClosedApi } from './run/asker.ts';
import type { Checking } from './run/check.ts';
import { Client } from './run/client.ts';
import { Ids, refuseUnknownIds } from './run/ids.ts';
import { keepWorld, mockBehind } from './run/mock-target.ts';
import { isServiceStack } from './servicestack/compare.ts';
import { verifyServiceStack } from './servicestack/verify.ts';

export interface VerifyOptions {
  /** Base URL of the server under test. */
  readonly url: string;
  /** Which APIs. Default: all that a mock serves; of another server all. */
  readonly apis?: readonly string[];
  readonly bearer?: string;
  /** `canvara.ContactId` → value, for operations whose ids no list names. */
  readonly ids?: ReadonlyMap<string, string>;
  /** `wire`: a nullable member that is absent or null is never a finding. */
  readonly nulls?: Nulls;
  /** Asks the writing operations as well, and cleans up after. */
  readonly write?: boolean;
  /** Milliseconds that a call waits. Default 10,000. */
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
  /** Told of every call before it is sent. */
  readonly onCall?: (operation: string, call: string) => void;
}

const TIMEOUT_MS = 10_000;

/** @throws MockError where no connection could be made, or an API or an id is not known */
export async function verify(options: VerifyOptions): Promise<Report> {
  const { url, bearer, onCall, nulls = 'placeholder', write = false, timeout = TIMEOUT_MS } = options;
  const apis = chosen(options.apis?.length ? options.apis : undefined);
  const sentIds = options.ids ?? new Map();
  refuseUnknownIds(sentIds.keys(), apis);
  const client = new Client({ base: url, fetch: options.fetch ?? fetch, timeout });
  const mock = await mockBehind(client);
  const ids = new Ids(sentIds, mock?.routes);
  const asker = new Asker({ client, ids, nulls, isWriting: write, bearer, auth: mock?.auth ?? 'documented', onCall });
  const collector = new Collector(apis);
  const restore = write && mock !== undefined ? await keepWorld(client, mock.admin) : undefined;
  try {
    for (const api of apis) {
      // Who names an API wants to hear that it is not there.
      const isServed = options.apis?.length || !ids.isMock || ids.serves(api.name);
      if (isServed) await collect(api, asker, collector);
      else collector.notAsked(api, `this mock does not serve ${api.name}`, true);
    }
  } catch (error) {
    // What was found before the server fell silent is worth telling.
    if (!(error instanceof MockError) || !client.isConnected) throw error;
    collector.stop(error.message);
  } finally {
    await restore?.();
  }
  return { url, calls: client.calls, outcomes: collector.outcomes };
}

async function collect(api: Api, asker: Asker, collector: Collector): Promise<void> {
  try {
    for await (const found of checksOf(api, asker)) collector.add(found);
  } catch (error) {
    if (!(error instanceof ClosedApi)) throw error;
    collector.notAsked(api, error.message, false);
  }
}

async function* checksOf(api: Api, asker: Asker): Checking {
  if (isServiceStack(api)) yield* verifyServiceStack(api, asker);
  else if (isLogiSense(api)) yield* verifyLogiSense(api, asker);
  else
    for (const name of Object.keys(api.operations))
      yield { operation: `${api.name}.${name}`, notAsked: 'verify does not speak its protocol', isByChoice: true };
}
