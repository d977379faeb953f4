/** One load on one server, in a process of its own: what to ask comes as JSON by standard input; prints requests a second, p99 and errors. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const { url, seconds, connections, requests } = JSON.parse(readFileSync(0, 'utf8'));
const result = await autocannon({ url, duration: seconds, connections, requests });
const errors = result.errors + result.timeouts + result.non2xx;
console.log(JSON.stringify({ rps: result.requests.average, p99: result.latency.p99, errors }));
