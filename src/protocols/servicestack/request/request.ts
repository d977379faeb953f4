/** One request as ServiceStack looks at it: path, parameters, verb. What is not asked for is not parsed. */
import type { Call } from '../../protocol.ts';
import { pathInfo } from '../../../http/path-info.ts';
import { toLatin1 } from '../../../wire/latin1.ts';
import type { PassedOver } from '../../../wire/reading.ts';
import { FrameworkError } from '../answer/failure.ts';
import { type HeaderValue, parseHeaderValue } from './header-value.ts';
import { type Form, invalidData, parseMultipart } from './multipart.ts';
import { Notes } from './notes.ts';
import { NO_PARAMETERS, type Pair, Parameters, pairsOf, parseQuery } from './parameters.ts';

const OVERRIDE = 'x-http-method-override';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const MULTIPART_TYPE = 'multipart/form-data';
const MAX_FORM_VALUES = 1024;
const BODILESS = new Set(['GET', 'DELETE', 'HEAD', 'OPTIONS']);
const EMPTY = new Uint8Array(0);

export function isFormType(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const type = contentType.toLowerCase();
  return type.startsWith(FORM_TYPE) || type.startsWith(MULTIPART_TYPE);
}

export class ServiceRequest {
  readonly call: Call;
  /** Below the base path, decoded. */
  readonly pathInfo: string;
  readonly query: Parameters;
  readonly contentType: string | undefined;
  /** With the override that a caller may send: a POST may stand for any other verb. */
  readonly verb: string;
  /** Of a form. */
  readonly form: Parameters;
  readonly notes = new Notes();
  /** Which members of the bound objects were sent. */
  readonly sent = new Map<object, readonly string[]>();
  /** What was sent for them and no member took. */
  readonly passedOver: PassedOver[] = [];
  /** Why the form cannot be read; the framework fails with it while it looks for the verb. */
  readonly formError: FrameworkError | undefined;

  constructor(call: Call, basePath: string) {
    const { inbound } = call;
    this.call = call;
    this.pathInfo = pathInfo(inbound.path).slice(basePath.length) || '/';
    this.query = inbound.query === '' ? NO_PARAMETERS : parseQuery(inbound.query);
    this.contentType = inbound.header('content-type');
    this.form = NO_PARAMETERS;
    try {
      const form = this.#readForm();
      if (form !== undefined) this.form = new Parameters(form.fields, 'first');
      for (const name of form?.passedOver ?? []) this.notes.part(name);
    } catch (error) {
      if (!(error instanceof FrameworkError)) throw error;
      this.formError = error;
    }
    this.verb = (inbound.header(OVERRIDE) ?? this.query.get(OVERRIDE) ?? this.form.get(OVERRIDE) ?? inbound.method).toUpperCase();
  }

  /** Verbs whose form and body-over-query rules apply (servicestack.md §2). */
  get hasRequestBody(): boolean {
    return !BODILESS.has(this.verb);
  }
  get isForm(): boolean {
    return isFormType(this.contentType);
  }
  get body(): Uint8Array {
    return this.call.inbound.body ?? EMPTY;
  }
  /** The name of a JSONP function, made harmless; undefined where none is asked for. */
  get callback(): string | undefined {
    const callback = this.query.get('callback');
    return callback === undefined || callback === '' ? undefined : callback.replace(/[^0-9A-Za-z._]/g, '_');
  }

  #readForm(): Form | undefined {
    if (!this.isForm || this.#isStatedEmpty()) return undefined;
    // ASP.NET takes the type apart, where ServiceStack looks at its beginning.
    const type = parseHeaderValue(this.contentType ?? '');
    if (type?.value === MULTIPART_TYPE) return parseMultipart(type, this.body);
    if (type?.value === FORM_TYPE) return { fields: urlEncoded(type, this.body), passedOver: [] };
    this.notes.formUnread('its Content-Type is malformed. Put a boundary with blanks or signs in quotes.');
    return undefined;
  }

  /** Without a length stated, a form that is not there is one that ends too early. HTTP clients state it with the verbs that may have a body. */
  #isStatedEmpty(): boolean {
    const { inbound } = this.call;
    return inbound.header('content-length') === '0' || (this.body.length === 0 && !BODILESS.has(inbound.method));
  }
}

/** A byte order mark is text of the first name. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function urlEncoded({ parameters }: HeaderValue, body: Uint8Array): readonly Pair[] {
  const isLatin1 = parameters.get('charset')?.toLowerCase() === 'iso-8859-1';
  const fields: Pair[] = [];
  for (const field of pairsOf(isLatin1 ? toLatin1(body) : utf8.decode(body))) {
    if (fields.push(field) > MAX_FORM_VALUES) throw invalidData(`Form value count limit ${MAX_FORM_VALUES} exceeded.`);
  }
  return fields;
}
