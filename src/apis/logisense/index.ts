/** The contacts of a telecom billing system: Contact and ContactType of the LogiSense Billing API. */
import { restApi } from '../../protocols/logisense-rest/rest-api.ts';
import { ACTING_OWNER, contact, contactTypeResource, contactTypeType, lookups } from './contract.ts';
import { entities } from './seed.ts';

export const logisense = restApi({
  name: 'logisense',
  title: 'LogiSense Billing API',
  resources: [contact, contactTypeResource, contactTypeType],
  lookups,
  entities,
  actingOwner: ACTING_OWNER,
});
