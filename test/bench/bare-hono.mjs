/**
 * What the mock is measured against: Hono and nothing else. It keeps the contacts of a mock in a Map and answers with the
 * same bodies, from objects, as anybody would write it.
 */
import { Hono } from 'hono';

export function bareHono(bodies) {
  const { trackingId, contacts, total, connections } = bodies;
  const db = new Map(contacts.map((contact) => [contact.identity, contact]));
  let next = 1_000_001;
  const app = new Hono();
  app.get('/Contact/Paged', (c) => {
    const items = contacts.slice(0, 20);
    const pagination = { pageNumber: 1, pageSize: 20, excludeTotalCount: false };
    return c.json({ trackingId, pagination, pagedResults: { totalCount: total, items } });
  });
  app.get('/Contact/:id', (c) => c.json({ trackingId, instance: db.get(Number(c.req.param('id'))) }));
  app.post('/Contact/', async (c) => {
    const body = await c.req.json();
    const contact = { identity: next++, ...body };
    db.set(contact.identity, contact);
    return c.json({ trackingId, type: 'create', results: { totalCount: 1, items: [contact] } });
  });
  app.get('/v1/ContactConnections/:id', (c) => c.json(connections));
  return app;
}
