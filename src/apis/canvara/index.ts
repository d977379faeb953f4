/** The contacts of a platform for financial advice, their roles and connections: two operations of the Canvara Platform API. */
import { type ServiceStackApi, servicestack } from '../../protocols/servicestack/index.ts';
import type { World } from '../../store/world.ts';
import { handlers } from './behaviour.ts';
import { recorded } from './recorded.ts';
import { operations, profile } from './contract.ts';
import { entities } from './seed.ts';

/** The contact that has a connection in every status. */
const exampleContact = (world: World) => world.base.table('canvara.contacts').keyOf(1);

export const canvara: ServiceStackApi = servicestack(
  {
    name: 'canvara',
    title: 'Canvara Platform API',
    host: 'pfapi.pstpf.com.au',
    basePath: '/api',
    entities,
    handlers,
    recorded,
    examples: {
      GetConnectionsToContact: (world) => ({
        ContactId: exampleContact(world),
        RequestorContactId: exampleContact(world),
        IncludeRemoved: true,
      }),
      ContactConnectedLinks: (world) => ({ ContactId: exampleContact(world) }),
    },
  },
  operations,
  profile,
);
