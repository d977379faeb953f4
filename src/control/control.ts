/** What the test author's plane does to every call: chooses its world and records it. */
import type { Exchange } from '../exchange/exchange.ts';
import type { Incoming } from '../exchange/inbound.ts';
import type { Reply, Settings } from '../protocols/protocol.ts';
import type { Base } from '../store/base.ts';
import type { ClockState } from '../store/clock.ts';
import { World } from '../store/world.ts';

export class Control {
  readonly settings: Settings;
  readonly base: Base;
  readonly #clock: ClockState;
  readonly #worlds = new Map<string, World>();

  constructor(base: Base, settings: Settings, clock: ClockState) {
    this.base = base;
    this.settings = settings;
    this.#clock = clock;
  }
  world(name: string): World {
    let world = this.#worlds.get(name);
    if (world === undefined) this.#worlds.set(name, (world = new World(name, this.base, this.#clock)));
    return world;
  }
  worldOf(inbound: Incoming): World {
    return this.world(inbound.prefixWorld ?? inbound.header('x-mock-world') ?? '');
  }
  /** Journals the answered call; gives its request id. */
  record(exchange: Exchange, _reply: Reply): string {
    return this.base.guid('request', exchange.number);
  }
}
