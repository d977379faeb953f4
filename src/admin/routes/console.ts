/** The console: a page and its two files. They hold no secret; what they show is asked for with the token. */
import type { AdminCall, AdminRoute } from '../route.ts';

const file =
  (name: 'console.html' | 'console.css' | 'console.js') =>
  async (call: AdminCall): Promise<Response> => {
    const { consoleFile } = await import('../console/files.ts');
    return consoleFile(name, call.inbound.path);
  };

export const consoleRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/', meaning: 'the console', access: 'page', answer: file('console.html') },
  { method: 'GET', path: '/console.css', meaning: "the console's style", access: 'page', answer: file('console.css') },
  { method: 'GET', path: '/console.js', meaning: "the console's script", access: 'page', answer: file('console.js') },
];
