/** One load on one server, in a process of its own: `node load.mjs JSON`, prints requests a second, p99 and errors. */
import autocannon from 'autocannon';

const { url, seconds, connections, requests } = JSON.parse(process.argv[2]);
const result = await autocannon({ url, duration: seconds, connections, requests });
const errors = result.errors + result.timeouts + result.non2xx;
console.log(JSON.stringify({ rps: result.requests.average, p99: result.latency.p99, errors }));
