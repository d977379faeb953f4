import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/apis/logisense/contract.ts';
import { shows } from '../../support/evidence.ts';
import { asking, CLOSING, codes, json, messages } from './asking.ts';

const john = { contactTypeId: 20, title: 'Mr.', firstName: 'John', lastName: 'Doe', isUsedForTax: true };

/** Names and types of everything in a value, in order. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, shape(member)]);
}

describe('every documented write, sent as documented to an untouched world, answers in its documented shape and can be read back', () => {
  const writes = Object.values(operations).filter(({ sample }) => sample.request !== undefined);
  test.each(writes)('$name', async ({ resource, methods, path, verb, sample }) => {
    const { ask, mock } = asking();
    const answer = await ask(methods[0]!, path.replace('{id}', '1'), { body: sample.request });
    expect(answer.status).toBe(200);
    expect(shape(answer.body)).toEqual(shape(sample.response));
    const [item] = answer.body.results.items;
    const record = verb === 'patch' ? item.instance : item;
    const sent =
      verb === 'patch' ? (Object.values(sample.request as object)[1] as { items: object[] }).items[0]! : (sample.request as object);
    const { patchType, patchClientId, ...members } = sent as Record<string, unknown>;
    expect(record).toMatchObject(members);
    expect((await ask('GET', `/${resource}/${item.identity}`)).body.instance).toEqual(record);
    expect((await ask('GET', `/${resource}/${item.identity}/Detail`)).body.instance).toMatchObject(record);
    expect(mock.integrity().ok).toBe(true);
  });

  test('ContactType.delete: the root, then the rows that go along; nothing is detached, since nothing is linked', async () => {
    const { ask } = asking();
    const answer = await ask('DELETE', '/ContactType/1');
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['trackingId', 'type', 'results']);
    expect(answer.body.results).toEqual({
      totalCount: 2,
      items: [
        { identity: 1, action: 'deleted', dtoTypeKey: 'contactType' },
        { foreignKeyIdentity: 1, action: 'deleted', dtoTypeKey: 'contactPointType' },
      ],
    });
    expect((await ask('GET', '/ContactType/1')).status).toBe(404);
  });
});

describe('POST', () => {
  test('gives the next identity, resolves names, leaves null what nobody gave', async () => {
    const { ask } = asking();
    const { body } = await ask('POST', '/Contact/', { body: { contactTypeId: 2, firstName: 'Ada' } });
    expect(body).toMatchObject({ type: 'create', results: { totalCount: 1 } });
    expect(body.results.items).toEqual([
      { identity: 201, contactTypeId: 2, contactTypeName: 'Billing', title: null, firstName: 'Ada', lastName: null, isUsedForTax: null },
    ]);
    expect((await ask('POST', '/Contact', { body: john })).body.results.items[0].identity).toBe(202);
    expect((await ask('GET', '/Contact/')).body.totalCount).toBe(202);
  });
  test.each(['', ' ', '"', 'a\\b', 'tab\tnew line\n', '\u0000', '\u001f', '\u007f', 'é', '中', '😀', '\ud83d', '\ude00!', '\ufeff'])(
    '%j comes back as JSON has it',
    async (firstName) => {
      const { mock } = asking();
      const init = { method: 'POST', body: JSON.stringify({ contactTypeId: 1, firstName }) };
      const text = await (await mock.fetch('/Contact/', { ...init, headers: { 'Content-Type': 'application/json' } })).text();
      expect(text).toContain(`"firstName":${JSON.stringify(firstName)},`);
    },
  );

  test('takes a name in place of an id, and the id where both are sent', async () => {
    const { ask } = asking();
    const create = async (body: object) => (await ask('POST', '/Contact/', { body })).body.results.items[0];
    expect(await create({ contactTypeName: 'Legal' })).toMatchObject({ contactTypeId: 9, contactTypeName: 'Legal' });
    expect(await create({ contactTypeId: 0, contactTypeName: 'Legal' })).toMatchObject({ contactTypeId: 9 });
    expect(await create({ contactTypeId: 3, contactTypeName: 'Legal' })).toMatchObject({ contactTypeId: 3, contactTypeName: 'Technical' });
    const type = await ask('POST', '/ContactType/', { body: { name: 'Own', contactTypeTypeName: 'Other 7' } });
    expect(type.body.results.items[0]).toMatchObject({ contactTypeTypeId: 7, contactTypeTypeName: 'Other 7' });
    shows('logisense.Contact.create', 'chosen');
  });

  test('takes numbers and flags in quotation marks, and names in any case', async () => {
    const { ask } = asking();
    const { body } = await ask('POST', '/Contact/', { body: { ContactTypeID: '20', ISUSEDFORTAX: 'True', FirstName: 5, lastname: '' } });
    expect(body.results.items[0]).toMatchObject({ contactTypeId: 20, isUsedForTax: true, firstName: '5', lastName: '' });
  });

  test('passes over what is read-only or unknown', async () => {
    const { ask } = asking();
    const body = '{"identity":7,"name":"Mine","ownerId":3,"ownerName":"Somebody","colour":"red","__proto__":{"isRequired":true}}';
    const { results } = (await ask('POST', '/ContactType/', { body })).body;
    expect(results.items[0]).toEqual({
      identity: 41,
      name: 'Mine',
      ownerId: 1,
      ownerName: 'System Owner',
      isRequired: null,
      contactTypeTypeId: null,
      contactTypeTypeName: null,
      description: null,
      sendEmail: null,
      showOnOverview: null,
      showOnNewAccount: null,
    });
    shows('logisense.ContactType.create', 'chosen');
  });

  test('names of contact types need not be unique', async () => {
    const { ask } = asking();
    for (const identity of [41, 42]) {
      expect((await ask('POST', '/ContactType/', { body: { name: 'Shipping' } })).body.results.items[0].identity).toBe(identity);
    }
  });

  test('keeps any text as it was given', async () => {
    const { ask } = asking();
    for (const text of ['', ' ', '"\\', 'Zoë 💡', '</script>', '\u0000\u2028', 'x'.repeat(100_000)]) {
      const { identity, firstName } = (await ask('POST', '/Contact/', { body: { contactTypeId: 1, firstName: text } })).body.results
        .items[0];
      expect(firstName).toBe(text);
      expect((await ask('GET', `/Contact/${identity}`)).body.instance.firstName).toBe(text);
    }
  });
});

describe('PUT', () => {
  test('changes what is sent and nothing else', async () => {
    const { ask } = asking();
    const before = (await ask('GET', '/Contact/1/Detail')).body.instance;
    const { body } = await ask('PUT', '/Contact/1', { body: { lastName: 'Changed' } });
    expect(body.type).toBe('update');
    expect((await ask('GET', '/Contact/1/Detail')).body.instance).toEqual({ ...before, lastName: 'Changed' });
    expect((await ask('PUT', '/Contact/1', { body: {} })).body.results.items[0].lastName).toBe('Changed');
    expect((await ask('PUT', '/Contact/1', { body: { title: null } })).body.results.items[0].title).toBeNull();
  });

  test('goes by the path’s id, whatever the body says', async () => {
    const { ask } = asking();
    expect((await ask('PUT', '/Contact/1', { body: { identity: 2, firstName: 'A' } })).body.results.items[0]).toMatchObject({
      identity: 1,
      firstName: 'A',
    });
    expect((await ask('GET', '/Contact/2')).body.instance.firstName).not.toBe('A');
  });

  test('changes only what an UpdateRequest header names', async () => {
    const { ask } = asking();
    const put = (filters: unknown, body: object) => ask('PUT', '/Contact/1', { body, headers: json('UpdateRequest', { filters }) });
    const before = (await ask('GET', '/Contact/1')).body.instance;
    expect((await put(['Title'], { title: 'X', firstName: 'Y', contactTypeId: 999 })).body.results.items[0]).toEqual({
      ...before,
      title: 'X',
    });
    expect((await put([], { title: 'Z' })).body.results.items[0].title).toBe('X');
    const refused = await put(['titel'], { title: 'Z' });
    expect([refused.status, messages(refused)]).toEqual([400, ["'titel' is not a property of 'Contact'.", CLOSING]]);
    expect((await ask('PUT', '/Contact/1', { body: {}, headers: { UpdateRequest: 'title' } })).status).toBe(400);
    shows('logisense.Contact.update', 'chosen');
  });

  test('shows at once wherever the changed record is shown by name', async () => {
    const { ask } = asking();
    expect((await ask('GET', '/Contact/1')).body.instance.contactTypeName).toBe('Billing');
    await ask('PUT', '/ContactType/2', { body: { name: 'Invoices' } });
    expect((await ask('GET', '/Contact/1')).body.instance.contactTypeName).toBe('Invoices');
    expect((await ask('GET', '/Contact/Paged')).body.pagedResults.items[0].contactTypeName).toBe('Invoices');
    expect((await ask('GET', '/ContactType/2/Detail')).body.instance.details.contactPointTypes[0].contactTypeName).toBe('Invoices');
    shows('logisense.ContactType.update', 'chosen');
  });

  test('of a record back to what it was leaves no trace', async () => {
    const { ask, mock } = asking();
    const untouched = mock.state.hash();
    const { instance } = (await ask('GET', '/Contact/9')).body;
    await ask('PUT', '/Contact/9', { body: { firstName: 'Other' } });
    expect(mock.state.hash()).not.toBe(untouched);
    await ask('PUT', '/Contact/9', { body: instance });
    expect(mock.state.hash()).toBe(untouched);
  });
});

describe('the items of POST and PUT', () => {
  const wrapped = (identity: number, action: string) => ({
    identity,
    action,
    dtoTypeKey: 'contact',
    instance: expect.objectContaining({ identity }),
  });
  const result = json('OutputFormat', { format: 'result' });

  test('are flat by default and wrapped where the header asks for results', async () => {
    const { ask } = asking();
    const created = await ask('POST', '/Contact/', { body: john, headers: result });
    expect(created.body.results.items).toEqual([wrapped(201, 'created')]);
    expect(Object.keys(created.body.results.items[0])).toEqual(['identity', 'action', 'dtoTypeKey', 'instance']);
    expect((await ask('PUT', '/Contact/1', { body: {}, headers: result })).body.results.items).toEqual([wrapped(1, 'updated')]);
  });
  test('are wrapped where the mock is set to it, and flat where the header asks for instances', async () => {
    const { ask } = asking({ outputFormat: 'result' });
    expect((await ask('POST', '/Contact/', { body: john })).body.results.items).toEqual([wrapped(201, 'created')]);
    const flat = await ask('POST', '/Contact/', { body: john, headers: json('OutputFormat', { format: 'instance' }) });
    expect(flat.body.results.items[0].firstName).toBe('John');
  });
  test.each([
    ['{"format":"dataFlow","type":"create","perEnvelope":20}', "The output format 'dataFlow' is not offered by this mock."],
    ['{"format":"xml"}', "The 'OutputFormat' header MUST hold a 'format' of instance or result."],
    ['{}', "The 'OutputFormat' header MUST hold a 'format' of instance or result."],
    ['result', "The 'OutputFormat' header MUST hold a JSON object."],
  ])('are refused in the form %s', async (OutputFormat, message) => {
    const { ask, mock } = asking();
    const answer = await ask('POST', '/Contact/', { body: john, headers: { OutputFormat } });
    expect([answer.status, messages(answer)]).toEqual([400, [message, CLOSING]]);
    expect(mock.state.get().records).toEqual({});
  });
});

describe('a refused write', () => {
  const cases: [string, string, unknown, number[], string[]][] = [
    ['POST', '/Contact/', { contactTypeId: 999 }, [13100000], ["'ContactTypeId' (999) does not exist in 'ContactType' for 'Contact'."]],
    [
      'POST',
      '/Contact/',
      { contactTypeId: 0 },
      [11900000],
      ["'ContactTypeId' MUST be greater than '0' when adding or updating a 'Contact'."],
    ],
    [
      'POST',
      '/Contact/',
      { contactTypeId: -5 },
      [11900000],
      ["'ContactTypeId' MUST be greater than '0' when adding or updating a 'Contact'."],
    ],
    ['POST', '/Contact/', {}, [11900000], ["'ContactTypeId' MUST be greater than '0' when adding or updating a 'Contact'."]],
    [
      'PUT',
      '/Contact/1',
      { contactTypeId: null },
      [11900000],
      ["'ContactTypeId' MUST be greater than '0' when adding or updating a 'Contact'."],
    ],
    [
      'POST',
      '/Contact/',
      { contactTypeName: 'Nobody' },
      [13100000],
      ["'ContactTypeName' (Nobody) does not exist in 'ContactType' for 'Contact'."],
    ],
    ['POST', '/ContactType/', {}, [99010000], ["'Name' is required when adding or updating a 'ContactType'."]],
    ['PUT', '/ContactType/3', { name: null }, [99010000], ["'Name' is required when adding or updating a 'ContactType'."]],
    [
      'PUT',
      '/ContactType/3',
      { contactTypeTypeId: 31 },
      [13100000],
      ["'ContactTypeTypeId' (31) does not exist in 'ContactTypeType' for 'ContactType'."],
    ],
    ['PUT', '/Contact/1', { contactTypeId: 1.5 }, [99020000], ["'ContactTypeId' (1.5) is not a valid Number for 'Contact'."]],
    ['PUT', '/Contact/1', { contactTypeId: [1] }, [99020000], ["'ContactTypeId' ([1]) is not a valid Number for 'Contact'."]],
    ['PUT', '/Contact/1', { contactTypeId: 2147483648 }, [99020000], ["'ContactTypeId' (2147483648) is not a valid Number for 'Contact'."]],
    ['PUT', '/Contact/1', { firstName: {} }, [99020000], ["'FirstName' ({}) is not a valid String for 'Contact'."]],
    ['PUT', '/Contact/1', [], [99050000], ['The body MUST be a JSON object.']],
    ['PUT', '/Contact/1', '"text"', [99050000], ['The body MUST be a JSON object.']],
    ['POST', '/Contact/', '{"firstName":', [99050000], ['The body MUST be a JSON object.']],
    ['POST', '/Contact/', '', [99050000], ['The body MUST be a JSON object.']],
    [
      'POST',
      '/Contact/',
      { isUsedForTax: 'maybe', title: [], contactTypeId: 99 },
      [99020000, 99020000, 13100000],
      [
        "'IsUsedForTax' (maybe) is not a valid Boolean for 'Contact'.",
        "'Title' ([]) is not a valid String for 'Contact'.",
        "'ContactTypeId' (99) does not exist in 'ContactType' for 'Contact'.",
      ],
    ],
  ];
  test.each(cases)('%s %s %j tells all that is wrong and changes nothing', async (method, path, body, expectedCodes, expected) => {
    const { ask, mock } = asking();
    const before = JSON.stringify(mock.state.get());
    const answer = await ask(method, path, { body });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body)).toEqual(['trackingId', 'type', 'errors']);
    expect(answer.body.type).toBe(method === 'POST' ? 'create' : 'update');
    expect(messages(answer)).toEqual([...expected, CLOSING]);
    expect(codes(answer)).toEqual([...expectedCodes, 2000]);
    expect(JSON.stringify(mock.state.get())).toBe(before);
    expect(mock.requests.get(answer.body.trackingId)?.explanation).toBeDefined();
    const [, resource] = path.split('/');
    shows(`logisense.${resource}.${answer.body.type}`, 'negative');
  });

  test('of a record that does not exist is a 404 in the vendor’s envelope', async () => {
    const { ask } = asking();
    const answer = await ask('PUT', '/Contact/999', { body: john });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      type: 'update',
      errors: [{ code: 13100000, message: "'Identity' (999) does not exist in 'Contact'." }, { code: 2000 }],
    });
  });

  test('of another media type is a 415', async () => {
    const { ask } = asking();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await ask('POST', '/Contact/', { body: john, headers: { 'Content-Type': type } });
      expect([answer.status, answer.body.errors[1].code]).toEqual([415, 2000]);
    }
    for (const type of ['application/json; charset=utf-8', 'text/json', 'application/merge-patch+json', 'APPLICATION/JSON']) {
      expect((await ask('POST', '/Contact/', { body: john, headers: { 'Content-Type': type } })).status).toBe(200);
    }
  });

  test('uses up no identity', async () => {
    const { ask } = asking();
    await ask('POST', '/Contact/', { body: { contactTypeId: 999 } });
    expect((await ask('POST', '/Contact/', { body: john })).body.results.items[0].identity).toBe(201);
  });

  test('explains itself: member, rule, value, nearest name, place in the contract', async () => {
    const { ask, mock } = asking();
    const answer = await ask('POST', '/Contact/', { body: { contactTypId: 5, isUsedForTax: 'x' } });
    const explanation = JSON.stringify(mock.requests.get(answer.headers.get('x-mock-request-id')!)?.explanation);
    for (const part of [
      '"member":"isUsedForTax"',
      '"rule":"type"',
      '"value":"x"',
      '"contract":"Contact.isUsedForTax"',
      '"nearest":"contactTypeId"',
    ]) {
      expect(explanation).toContain(part);
    }
  });
});
