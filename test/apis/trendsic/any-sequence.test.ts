import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../../../src/mock.ts';

const NS = 'xmlns="http://schemas.datacontract.org/2004/07/CRM.AgencyPlatform.API.Internal"';

interface Step {
  readonly method: 'POST' | 'PUT';
  readonly format: 'json' | 'xml' | 'jsv';
  readonly id: number;
  /** 0: a new contact. */
  readonly others: readonly number[];
}
const id = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(201, 202, 203, 204, 7_000_000, -1));
const steps = fc.array(
  fc.record<Step>({
    method: fc.constantFrom('POST', 'PUT'),
    format: fc.constantFrom('json', 'xml', 'jsv'),
    id,
    others: fc.array(fc.oneof(id, fc.constant(0)), { maxLength: 5 }),
  }),
  { maxLength: 12 },
);

const body = ({ format, others }: Step): string => {
  if (format === 'json') return JSON.stringify({ Contact: others.map((other) => ({ ContactId: other })) });
  if (format === 'jsv') return `{Contact:[${others.map((other) => `{ContactId:${other}}`).join()}]}`;
  const items = others.map((other) => `<Contact><ContactId>${other}</ContactId></Contact>`).join('');
  return `<ContactConnectionRequest ${NS}><Contact>${items}</Contact></ContactConnectionRequest>`;
};
const TYPES = { json: 'application/json', xml: 'application/xml', jsv: 'text/jsv' } as const;

test('after any sequence of writes in any format the lists are those of a plain model, at both ends', async () => {
  const mock = createMock({ apis: ['trendsic'], auth: 'off' });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const world = `http://mock/__worlds/run-${run++}`;
      const read = async (contact: number): Promise<number[] | undefined> => {
        const response = await mock.fetch(`${world}/v1/ContactConnections/${contact}.json`);
        if (response.status === 404) return undefined;
        return ((await response.json()) as { Contact: { ContactId: number }[] }).Contact.map(({ ContactId }) => ContactId);
      };
      const model = new Map<number, number[]>();
      for (let contact = 1; contact <= 32; contact++) model.set(contact, (await read(contact))!);
      let next = 201;
      for (const step of sequence) {
        const answer = await mock.fetch(`${world}/v1/ContactConnections/${step.id}.json`, {
          method: step.method,
          headers: { 'Content-Type': TYPES[step.format] },
          body: body(step),
        });
        if (!model.has(step.id)) {
          expect(answer.status).toBe(404);
          continue;
        }
        const given = step.others.map((other) => {
          if (other === 0) while (model.has(next)) next++;
          const contact = other === 0 ? next : other;
          if (!model.has(contact)) model.set(contact, []);
          return contact;
        });
        const before = model.get(step.id)!;
        const after = [...new Set(step.method === 'PUT' ? given : [...before, ...given])];
        for (const other of before)
          if (other !== step.id && !after.includes(other))
            model.set(
              other,
              model.get(other)!.filter((one) => one !== step.id),
            );
        for (const other of after) if (other !== step.id && !before.includes(other)) model.get(other)!.push(step.id);
        model.set(step.id, after);
        expect(((await answer.json()) as { Contact: { ContactId: number }[] }).Contact.map(({ ContactId }) => ContactId)).toEqual(after);
      }
      for (const contact of [...model.keys(), 205, 5_000_000]) expect(await read(contact)).toEqual(model.get(contact));
    }),
    { seed: 42, numRuns: 25 },
  );
});
