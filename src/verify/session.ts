/** One run of `verify`: whom it asks, what it knows, what it found; the protocols report to it. */
import type { Dto } from '../contract/dto.ts';
import { Agreement } from './agree.ts';
import type { Answer, Asked, Client } from './client.ts';
import { Comparison, type ReadRecord } from './compare.ts';
import type { Dialect } from './dialect.ts';
import { type Difference, Differences, type Finding } from './finding.ts';
import type { Ids } from './ids.ts';
import { References } from './references.ts';
import { type SeenChild, Unreadable } from './seen.ts';

export interface Check {
  /** `GET /Contact/1`, with the format where there are several. */
  readonly call: string;
  readonly findings: readonly Finding[];
}

/** What became of one operation. */
export interface Outcome {
  readonly operation: string;
  readonly checks: Check[];
  /** Why it, or a part of it, was not asked. */
  readonly notAsked: string[];
  /** What a reader should know besides. */
  readonly notes: string[];
}

export interface Expectation {
  readonly dto: Dto;
  readonly dialect: Dialect;
  readonly areChildrenOptional?: boolean;
  readonly alternatives?: ReadonlySet<string>;
}

const NO_ALTERNATIVES: ReadonlySet<string> = new Set();

/** An answer that was compared: its differences so far, and what could be read of it. */
export interface Compared {
  readonly differences: Differences;
  readonly record: ReadRecord | undefined;
  readonly seen: SeenChild | undefined;
}

const OK = 200;

export class Session {
  readonly client: Client;
  readonly ids: Ids;
  readonly nulls: 'placeholder' | 'wire';
  readonly isWriting: boolean;
  readonly references = new References();
  readonly outcomes = new Map<string, Outcome>();
  readonly #onCheck: ((operation: string, call: string) => void) | undefined;

  constructor(
    client: Client,
    ids: Ids,
    options: { nulls: 'placeholder' | 'wire'; write: boolean; onCheck?: (operation: string, call: string) => void },
  ) {
    this.client = client;
    this.ids = ids;
    this.nulls = options.nulls;
    this.isWriting = options.write;
    this.#onCheck = options.onCheck;
  }

  outcome(operation: string): Outcome {
    let outcome = this.outcomes.get(operation);
    if (outcome === undefined) this.outcomes.set(operation, (outcome = { operation, checks: [], notAsked: [], notes: [] }));
    return outcome;
  }
  notAsked(operation: string, reason: string): void {
    this.outcome(operation).notAsked.push(reason);
  }
  report(operation: string, call: string, differences: readonly Difference[]): void {
    this.outcome(operation).checks.push({ call, findings: differences.map((difference) => ({ operation, call, ...difference })) });
  }

  /** Says something once that a reader should know besides. */
  note(operation: string, note: string): void {
    const { notes } = this.outcome(operation);
    if (!notes.includes(note)) notes.push(note);
  }

  async ask(operation: string, call: string, asked: Asked): Promise<Answer> {
    this.#onCheck?.(operation, call);
    const credentials = this.ids.credentials(operation);
    const answer = await this.client.ask({ ...asked, headers: { ...credentials, ...asked.headers } });
    if (answer.isTooLong) this.note(operation, `the answer to ${call} is too long to be compared`);
    return answer;
  }

  /** Compares an answer with what its operation promises. */
  compare(answer: Answer, { dto, dialect, areChildrenOptional = false, alternatives = NO_ALTERNATIVES }: Expectation): Compared {
    const differences = new Differences();
    const nothing = { differences, record: undefined, seen: undefined };
    if (answer.status !== OK)
      differences.add('status', 'status', String(OK), answer.status === 0 ? (answer.failure ?? '') : statusText(answer));
    if (answer.status < 200 || answer.status > 299) return nothing;
    contentType(answer, dialect, differences);
    if (answer.isTooLong) return nothing;
    if (answer.text === undefined) {
      differences.add('body', 'envelope', `a ${dto.name} in ${dialect.name}`, answer.failure ?? 'nothing');
      return nothing;
    }
    const seen = readable(answer.text, dto, dialect);
    if (typeof seen === 'string') {
      differences.add('body', 'envelope', `a ${dto.name} in ${dialect.name}`, seen);
      return nothing;
    }
    const comparison = new Comparison(dialect, differences, { nulls: this.nulls, areChildrenOptional, alternatives });
    return { differences, seen, record: comparison.root(dto, seen) };
  }

  agreement(differences: Differences): Agreement {
    return new Agreement(differences, this.references, this.nulls);
  }
}

/** The answer, or why it cannot be read; whatever a parser stumbles over is the answer's fault. */
function readable(text: string, dto: Dto, dialect: Dialect): SeenChild | string {
  try {
    return dialect.read(text, dto);
  } catch (error) {
    return error instanceof Unreadable ? error.message : `no ${dialect.name}: ${(error as Error).message}`;
  }
}

const statusText = ({ status, text }: Answer): string => {
  const words = text?.replace(/\s+/g, ' ').trim().slice(0, 120) ?? '';
  return words === '' ? String(status) : `${status}: ${words}`;
};

/** The media type counts; a charset may be there as long as it is UTF-8. */
function contentType({ contentType: seen }: Answer, { mediaType }: Dialect, differences: Differences): void {
  const [type = '', ...parameters] = (seen ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const isUtf8 = parameters.every((parameter) => !parameter.startsWith('charset=') || /^charset="?utf-8"?$/.test(parameter));
  if (type !== mediaType || !isUtf8) differences.add('Content-Type', 'content type', mediaType, seen ?? 'nothing');
}
