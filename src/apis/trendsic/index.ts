/** The contacts of an insurance agency and who is connected to whom: ContactConnectionRequest of the Trendsic Platform. */
import { type ServiceStackApi, servicestack } from '../../protocols/servicestack/index.ts';
import { handlers, recorded } from './behaviour.ts';
import { operations, profile } from './contract.ts';
import { entities } from './seed.ts';

const NEWCOMER = Object.freeze({
  FirstName: 'Robin',
  LastName: 'Sample',
  Name: 'Robin Sample',
  EmailPersonal: 'robin.sample@example.com',
  AgentId: 1,
});

export const trendsic: ServiceStackApi = servicestack(
  {
    name: 'trendsic',
    title: 'Trendsic Platform Service',
    host: 'api.dev.dynamics.trendsic.com',
    basePath: '',
    initializesLists: true,
    entities,
    handlers,
    recorded,
    examples: {
      ContactConnectionRequest: (_world, method) => ({
        ContactId: 1,
        ...(method === 'POST' && { Contact: [NEWCOMER] }),
        ...(method === 'PUT' && { Contact: [{ ContactId: 2 }, { ContactId: 3 }, NEWCOMER] }),
      }),
    },
  },
  operations,
  profile,
);
