/** One request as ServiceStack looks at it: path, parameters, verb. What is not asked for is not parsed. */
import type { Call } from '../../protocol.ts';
import { bareType } from '../formats.ts';
import { NO_PARAMETERS, type Parameters, parseMultipart, parseParameters } from './parameters.ts';
import { pathInfo } from '../../../http/path-info.ts';

const OVERRIDE = 'x-http-method-override';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const BODILESS = new Set(['GET', 'DELETE', 'HEAD', 'OPTIONS']);
const EMPTY = new Uint8Array(0);

export function isFormType(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const type = contentType.toLowerCase();
  return type.startsWith(FORM_TYPE) || type.startsWith('multipart/form-data');
}

export class ServiceRequest {
  readonly call: Call;
  /** Below the base path, decoded. */
  readonly pathInfo: string;
  readonly query: Parameters;
  readonly contentType: string | undefined;
  /** As the caller wishes it to be taken: a POST may stand for any other verb. */
  readonly verb: string;
  #form: Parameters | undefined;

  constructor(call: Call, basePath: string) {
    const { inbound } = call;
    this.call = call;
    this.pathInfo = pathInfo(inbound.path).slice(basePath.length) || '/';
    this.query = inbound.query === '' ? NO_PARAMETERS : parseParameters(inbound.query);
    this.contentType = inbound.header('content-type');
    this.verb = (inbound.header(OVERRIDE) ?? this.query.get(OVERRIDE) ?? this.#overriddenByForm() ?? inbound.method).toUpperCase();
  }

  /** Verbs whose form and body-over-query rules apply (servicestack.md §2). */
  get hasRequestBody(): boolean {
    return !BODILESS.has(this.verb);
  }
  get isForm(): boolean {
    return isFormType(this.contentType);
  }
  get form(): Parameters {
    this.#form ??= this.#readForm();
    return this.#form;
  }
  get body(): Uint8Array {
    return this.call.inbound.body ?? EMPTY;
  }
  /** The name of a JSONP function, made harmless; undefined where none is asked for. */
  get callback(): string | undefined {
    const callback = this.query.get('callback');
    return callback === undefined || callback === '' ? undefined : callback.replace(/[^0-9A-Za-z._]/g, '_');
  }

  #overriddenByForm(): string | undefined {
    return this.contentType !== undefined && bareType(this.contentType) === FORM_TYPE ? this.form.get(OVERRIDE) : undefined;
  }
  #readForm(): Parameters {
    if (!this.isForm || this.body.length === 0) return NO_PARAMETERS;
    const type = this.contentType ?? '';
    const bare = bareType(type);
    if (bare === 'multipart/form-data') return parseMultipart(type, this.body);
    // ASP.NET takes the type's name in full, where ServiceStack looks at its beginning.
    return bare === FORM_TYPE ? parseParameters(new TextDecoder().decode(this.body)) : NO_PARAMETERS;
  }
}
