import { createServer } from 'node:http';
import { createMock } from 'contacts-mock';

const mock = createMock({ apis: ['logisense'] });

export const server = createServer((request, response) => {
  mock.handler(request, response, () => {
    response.end('your own app'); // what the mock does not serve
  });
});
