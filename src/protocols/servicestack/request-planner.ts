/** What comes before every route of a service: some requests ASP.NET Core refuses, and some forms it cannot read. */
import type { MaybePromise } from '../../http/message.ts';
import { NULL_BYTE } from '../../http/path-info.ts';
import { bodilessPlan, fixedPlan, type Plan, type Planner } from '../protocol.ts';
import { answerError } from './answer/answer.ts';
import { explainForm } from './explain.ts';
import { BROKEN_ACCEPT, negotiate } from './request/negotiate.ts';
import { isFormType, ServiceRequest } from './request/request.ts';
import type { ServiceHost } from './service-host.ts';

const BAD_REQUEST = bodilessPlan(400);
const TOO_LARGE = bodilessPlan(413);
/** What an empty Accept header makes of the framework: no body and no content type. */
export const NOTHING = bodilessPlan(200);

/** A planner that is given the request as ServiceStack looks at it. */
export const requestPlanner =
  (host: ServiceHost, plan: (request: ServiceRequest) => MaybePromise<Plan>): Planner =>
  (call) => {
    const { inbound } = call;
    if (inbound.path.includes(NULL_BYTE)) return BAD_REQUEST;
    // A form is read while the verb is looked for, outside of every deserializer: Kestrel itself answers.
    if (inbound.isOversized && isFormType(inbound.header('content-type'))) return TOO_LARGE;
    const request = new ServiceRequest(call, host.service.basePath);
    return request.formError === undefined ? plan(request) : unreadableForm(host, request);
  };

function unreadableForm(host: ServiceHost, request: ServiceRequest): Plan {
  const contentType = negotiate(request, host.settings);
  if (contentType === BROKEN_ACCEPT) return NOTHING;
  const error = request.formError!;
  return fixedPlan(() => {
    explainForm(request.call, error);
    return answerError({ host, request, contentType, operation: 'ErrorResponse', cookies: [] }, error);
  });
}
