import './runtime.js';
import { equal } from 'node:assert/strict';
import { createMock, encode, MockError } from 'contacts-mock';

const mock = createMock();
equal((await mock.fetch('/Contact/1')).status, 200);
const server = await mock.listen();
equal((await fetch(`${server.url}/Contact/1`)).status, 200);
await mock.close();
equal(typeof encode, 'function');
equal(new MockError('a', 'b', 'c').code, 'a');
