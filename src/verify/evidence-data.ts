// biome-ignore-all format: written by the test run (EVIDENCE=write npm test), never by hand
/** Which test files showed what of each operation. */
import type { EvidenceData } from './evidence-axes.ts';

export const evidenceData: EvidenceData = {
  'canvara.ContactConnectedLinks': {
    sample: ['test/verify/evidence.test.ts'],
    client: ['test/clients/servicestack.test.ts'],
    negative: ['test/apis/canvara/connections.test.ts', 'test/clients/servicestack.test.ts'],
    formats: ['test/verify/verify.test.ts'],
    recorded: ['test/recordings.test.ts'],
    chosen: ['test/apis/canvara/connections.test.ts'],
  },
  'canvara.GetConnectionsToContact': {
    sample: ['test/verify/evidence.test.ts'],
    client: ['test/clients/servicestack.test.ts'],
    negative: ['test/apis/canvara/connections.test.ts'],
    formats: ['test/verify/verify.test.ts'],
    recorded: ['test/recordings.test.ts'],
    chosen: ['test/apis/canvara/connections.test.ts'],
  },
  'logisense.Contact.create': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/writing.test.ts'],
    chosen: ['test/protocols/logisense-rest/writing.test.ts'],
  },
  'logisense.Contact.get': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.Contact.getDetail': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.Contact.list': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/searching.test.ts'],
    chosen: ['test/protocols/logisense-rest/searching.test.ts'],
  },
  'logisense.Contact.paged': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.Contact.pagedDetail': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.Contact.patch': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/patching.test.ts'],
    chosen: ['test/protocols/logisense-rest/patching.test.ts'],
  },
  'logisense.Contact.update': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/writing.test.ts'],
    chosen: ['test/protocols/logisense-rest/writing.test.ts'],
  },
  'logisense.ContactType.create': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/writing.test.ts'],
    chosen: ['test/protocols/logisense-rest/writing.test.ts'],
  },
  'logisense.ContactType.delete': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/deleting.test.ts'],
    chosen: ['test/protocols/logisense-rest/deleting.test.ts'],
  },
  'logisense.ContactType.get': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.ContactType.getDetail': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.ContactType.list': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/searching.test.ts'],
    chosen: ['test/protocols/logisense-rest/searching.test.ts'],
  },
  'logisense.ContactType.paged': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.ContactType.pagedDetail': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/reading.test.ts'],
    chosen: ['test/protocols/logisense-rest/reading.test.ts'],
  },
  'logisense.ContactType.patch': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/patching.test.ts'],
    chosen: ['test/protocols/logisense-rest/patching.test.ts'],
  },
  'logisense.ContactType.update': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/clients/logisense.test.ts'],
    negative: ['test/protocols/logisense-rest/writing.test.ts'],
    chosen: ['test/protocols/logisense-rest/writing.test.ts'],
  },
  'logisense.ContactTypeType.get': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/protocols/logisense-rest/rules.test.ts'],
    negative: ['test/protocols/logisense-rest/rules.test.ts'],
  },
  'logisense.ContactTypeType.list': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/protocols/logisense-rest/rules.test.ts'],
    negative: ['test/protocols/logisense-rest/rules.test.ts'],
  },
  'logisense.ContactTypeType.paged': {
    sample: ['test/apis/logisense/examples.test.ts'],
    client: ['test/protocols/logisense-rest/rules.test.ts'],
    negative: ['test/protocols/logisense-rest/rules.test.ts'],
  },
  'trendsic.ContactConnectionRequest': {
    sample: ['test/verify/evidence.test.ts'],
    client: ['test/clients/servicestack.test.ts'],
    negative: ['test/apis/trendsic/connections.test.ts', 'test/clients/servicestack.test.ts'],
    formats: ['test/verify/verify.test.ts'],
    recorded: ['test/recordings.test.ts'],
    chosen: ['test/apis/trendsic/connections.test.ts'],
  },
};
