import { describe, expect, test } from 'vitest';
import { shows } from '../../support/evidence.ts';
import { asking, CLOSING, messages, ownContact } from './asking.ts';

describe('DELETE of a contact type', () => {
  test('answers with what it took along, counted truly', async () => {
    const { ask, mock } = asking();
    const { body } = await ask('DELETE', '/ContactType/26');
    expect(body).toEqual({
      trackingId: body.trackingId,
      type: 'delete',
      results: {
        totalCount: 2,
        items: [
          { identity: 26, action: 'deleted', dtoTypeKey: 'contactType' },
          { foreignKeyIdentity: 26, action: 'deleted', dtoTypeKey: 'contactPointType' },
        ],
      },
    });
    for (const path of ['/ContactType/26', '/ContactPointType/76', '/ContactPointType/77'])
      expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', '/ContactType/')).body.totalCount).toBe(39);
    expect(mock.integrity()).toMatchObject({ ok: true, orphans: [] });
    shows('logisense.ContactType.delete', 'chosen');
  });

  test('that nothing hangs on answers with itself alone', async () => {
    const { ask } = asking();
    const { body } = await ask('DELETE', '/ContactType/28');
    expect(body.results).toEqual({ totalCount: 1, items: [{ identity: 28, action: 'deleted', dtoTypeKey: 'contactType' }] });
  });

  test('takes along points of contacts that have moved on', async () => {
    const { ask, mock } = asking();
    const { contact, type, mail: pointType } = await ownContact(ask);
    await ask('PATCH', `/Contact/${contact}`, {
      body: { details: { contactPoints: { items: [{ patchType: 'create', contactPointTypeId: pointType, value: '1' }] } } },
    });
    await ask('PUT', `/Contact/${contact}`, { body: { contactTypeId: 5 } });
    const { body } = await ask('DELETE', `/ContactType/${type}`);
    expect(body.results).toEqual({
      totalCount: 3,
      items: [
        { identity: type, action: 'deleted', dtoTypeKey: 'contactType' },
        { foreignKeyIdentity: type, action: 'deleted', dtoTypeKey: 'contactPointType' },
        { foreignKeyIdentity: pointType, action: 'deleted', dtoTypeKey: 'contactPoint' },
      ],
    });
    expect((await ask('GET', `/Contact/${contact}/Detail`)).body.instance.details).toEqual({});
    expect(mock.integrity().ok).toBe(true);
  });

  test('is refused while a contact uses it, and goes through once none does', async () => {
    const { ask, mock } = asking();
    const before = JSON.stringify(mock.state.get());
    const refused = await ask('DELETE', '/ContactType/5');
    expect(refused.status).toBe(400);
    expect(refused.body.type).toBe('delete');
    expect(messages(refused)).toEqual(["'ContactType' (5) is in use by 'Contact'.", CLOSING]);
    expect(JSON.stringify(mock.state.get())).toBe(before);
    const { items } = (await ask('GET', '/Contact/')).body;
    for (const contact of items)
      if (contact.contactTypeId === 5) await ask('PUT', `/Contact/${contact.identity}`, { body: { contactTypeId: 6 } });
    expect((await ask('DELETE', '/ContactType/5')).status).toBe(200);
    expect(mock.integrity().ok).toBe(true);
    shows('logisense.ContactType.delete', 'negative');
  });

  test('is refused while a contact made a moment ago uses it', async () => {
    const { ask } = asking();
    const { identity } = (await ask('POST', '/Contact/', { body: { contactTypeId: 30 } })).body.results.items[0];
    expect((await ask('DELETE', '/ContactType/30')).status).toBe(400);
    await ask('PUT', `/Contact/${identity}`, { body: { contactTypeId: 1 } });
    expect((await ask('DELETE', '/ContactType/30')).status).toBe(200);
  });

  test('knows who uses it among ten million without looking at them', async () => {
    const { ask } = asking({ scale: { 'logisense.contacts': 10_000_000 } });
    expect((await ask('DELETE', '/ContactType/25')).status).toBe(400);
    expect((await ask('DELETE', '/ContactType/26')).status).toBe(200);
  });

  test('that does not exist is a 404, the second time too', async () => {
    const { ask } = asking();
    await ask('DELETE', '/ContactType/33');
    for (const id of [33, 999]) {
      const answer = await ask('DELETE', `/ContactType/${id}`);
      expect(answer.status).toBe(404);
      expect(messages(answer)).toEqual([`'Identity' (${id}) does not exist in 'ContactType'.`, CLOSING]);
    }
  });

  test('gives its identity to nobody else', async () => {
    const { ask } = asking();
    const create = async () => (await ask('POST', '/ContactType/', { body: { name: 'x' } })).body.results.items[0].identity;
    const identity = await create();
    await ask('DELETE', `/ContactType/${identity}`);
    expect(await create()).toBe(identity + 1);
  });
});
