/** Bare Hono on a port. Arguments: port, file with the bodies. */
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { bareHono } from './bare-hono.mjs';

const [port, file] = process.argv.slice(2);
serve({ fetch: bareHono(JSON.parse(readFileSync(file, 'utf8'))).fetch, port: Number(port), hostname: '127.0.0.1' });
