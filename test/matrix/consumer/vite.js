import './runtime.js';
import { equal } from 'node:assert/strict';
import { contactsMock } from 'contacts-mock/vite';
import { createServer } from 'vite';

const server = await createServer({
  configFile: false,
  logLevel: 'silent',
  server: { port: 0, host: '127.0.0.1' },
  plugins: [contactsMock({ base: '/mock' })],
});
await server.listen();
const { port } = server.httpServer.address();
equal((await fetch(`http://127.0.0.1:${port}/mock/Contact/1`)).status, 200);
await server.close();
