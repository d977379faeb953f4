/** One load on one server, in a process of its own: what to ask comes as JSON by standard input; prints requests a second, p99 and errors. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const { url, seconds, connections, requests } = JSON.parse(readFileSync(0, 'utf8'));
// Autocannon's own histogram knows whole milliseconds alone.
const waits = [];
const running = autocannon({ url, duration: seconds, connections, requests });
running.on('response', (_client, _status, _bytes, milliseconds) => waits.push(milliseconds));
const result = await running;
const errors = result.errors + result.timeouts + result.non2xx;
const p99 = Float64Array.from(waits).sort()[Math.floor(waits.length * 0.99)] ?? Number.NaN;
console.log(JSON.stringify({ rps: result.requests.total / result.duration, p99, errors }));
