/**
 * Where the texts of all journals of a mock lie: bytes in a few large blocks, of which the garbage collector sees nothing
 * but the blocks. Texts come one behind the other; a block whose entries are all gone is used again, and when there are as
 * many as there may be, the oldest block goes with its entries.
 */

/** An entry whose text lies in a block. */
export interface Tenant {
  /** Told that its text is gone. */
  evicted(): void;
}

export interface Place {
  readonly block: Block;
  readonly start: number;
  readonly end: number;
}

export interface Block {
  readonly bytes: Uint8Array;
  used: number;
  readonly tenants: Set<Tenant>;
}

const BLOCK = 65_536;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class JournalMemory {
  readonly #max: number;
  readonly #onEvicted: () => void;
  /** Oldest first; the last one is being written. */
  #blocks: Block[] = [];
  #free: Block[] = [];
  #size = 0;

  /** `max` bytes; `onEvicted` is told each time that entries had to go for want of room. */
  constructor(max: number, onEvicted: () => void) {
    this.#max = max;
    this.#onEvicted = onEvicted;
  }
  /** Bytes of all blocks. */
  get size(): number {
    return this.#size;
  }

  write(tenant: Tenant, text: string): Place {
    // A character takes at most three bytes; a long text is measured.
    const room = 3 * text.length <= BLOCK / 4 ? 3 * text.length : byteLength(text);
    let block = this.#blocks.at(-1);
    if (block === undefined || block.bytes.length - block.used < room) block = this.#next(Math.max(room, BLOCK));
    const start = block.used;
    block.used += writeText(block.bytes, start, text);
    block.tenants.add(tenant);
    return { block, start, end: block.used };
  }
  read({ block, start, end }: Place): string {
    return decoder.decode(block.bytes.subarray(start, end));
  }
  free(tenant: Tenant, { block }: Place): void {
    if (!block.tenants.delete(tenant) || block.tenants.size > 0 || block === this.#blocks.at(-1)) return;
    this.#blocks.splice(this.#blocks.indexOf(block), 1);
    this.#retire(block);
  }

  #next(size: number): Block {
    while (this.#blocks.length > 0 && this.#size + (this.#free.length === 0 || size > BLOCK ? size : 0) > this.#max) this.#evictOldest();
    let block = size === BLOCK ? this.#free.pop() : undefined;
    if (block === undefined) {
      block = { bytes: newBytes(size), used: 0, tenants: new Set() };
      this.#size += size;
    }
    this.#blocks.push(block);
    return block;
  }
  #evictOldest(): void {
    const oldest = this.#blocks.shift() as Block;
    for (const tenant of oldest.tenants) tenant.evicted();
    oldest.tenants.clear();
    this.#retire(oldest);
    this.#onEvicted();
  }
  #retire(block: Block): void {
    block.used = 0;
    if (block.bytes.length === BLOCK && this.#free.length < 16) this.#free.push(block);
    else this.#size -= block.bytes.length;
  }
}

// Node writes and measures in one call; a browser has no Buffer.
const { Buffer } = globalThis as { Buffer?: typeof globalThis.Buffer };
const newBytes = (size: number): Uint8Array => (Buffer === undefined ? new Uint8Array(size) : Buffer.allocUnsafeSlow(size));
const byteLength = (text: string): number => (Buffer === undefined ? encoder.encode(text).length : Buffer.byteLength(text));
const writeText = (bytes: Uint8Array, start: number, text: string): number =>
  Buffer === undefined ? encoder.encodeInto(text, bytes.subarray(start)).written : (bytes as Buffer).write(text, start);
