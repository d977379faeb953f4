/** The console's behaviour, run by the browser: every figure on the page comes from an admin route of the chosen world. */
export const script = String.raw`
const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\/+$/, '');
/* Below /__worlds/NAME the address has chosen the world. */
const prefix = base.replace(/\/__admin$/i, '');
if (prefix) { $('world').value = decodeURIComponent(prefix.split('/').at(-1)); $('world').disabled = true; }
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? sessionStorage.getItem('token');
if (token) sessionStorage.setItem('token', token);
let isAsking = false;
function askToken() {
  if (isAsking) return;
  isAsking = true;
  const given = prompt('Token of the control plane (the server printed it at its start)');
  if (!given) return;
  sessionStorage.setItem('token', given.trim());
  location.hash = ''; location.reload();
}
const messageOf = (text) => { try { return JSON.parse(text).message ?? text; } catch { return text; } };
const world = () => $('world').value.trim();
const headers = () => ({ ...(world() ? { 'X-Mock-World': world() } : {}), ...(token ? { Authorization: 'Bearer ' + token } : {}) });
const say = (text) => { $('said').textContent = text; };
async function admin(path, options = {}) {
  const answer = await fetch(base + '/' + path, { ...options, headers: { ...headers(), ...options.headers } });
  const text = await answer.text();
  if (answer.status === 401) askToken();
  if (!answer.ok) throw new Error(messageOf(text) || answer.statusText);
  return text ? JSON.parse(text) : undefined;
}
const cell = (text, name) => { const td = document.createElement('td'); td.textContent = text ?? ''; if (name) td.className = name; return td; };
const row = (...cells) => { const tr = document.createElement('tr'); tr.append(...cells); return tr; };

async function showState() {
  const [clock, hash, state, snapshots, worlds] = await Promise.all(
    ['clock', 'state/hash', 'state', 'snapshots', 'worlds'].map((path) => admin(path)));
  $('clock').textContent = clock.now + ' (' + clock.mode + ')';
  $('hash').textContent = hash.hash;
  const written = Object.entries(state.records ?? {}).map(([name, records]) => name + ': ' + Object.keys(records).length);
  $('written').textContent = written.join(', ') || 'nothing: the untouched world';
  $('snapshots').replaceChildren(...snapshots.snapshots.map(({ name }) => new Option(name)));
  $('worlds').replaceChildren(...worlds.worlds.filter(({ name }) => name).map(({ name }) => new Option(name)));
}
const callRow = (entry) => {
  const status = entry.response?.status ?? '';
  const tr = row(cell((entry.at ?? '').slice(11, 19)), cell(entry.method + ' ' + (entry.request?.url ?? entry.path), 'call'),
    cell(status, status >= 400 ? 'bad' : ''), cell(entry.operation ?? 'unmatched'), cell(entry.ms?.toFixed?.(1)));
  tr.dataset.id = entry.id; tr.tabIndex = 0;
  const show = () => { $('entry').hidden = false; $('entry').textContent = JSON.stringify(entry, null, 2); $('entry').scrollIntoView({ block: 'nearest' }); };
  tr.onclick = show; tr.onkeydown = (event) => { if (event.key === 'Enter') show(); };
  return tr;
};
async function showRequests() {
  const { requests } = await admin('requests?limit=200');
  $('requests').replaceChildren(...requests.map(callRow));
}
let stream;
async function follow() {
  stream?.abort(); stream = new AbortController();
  try {
    const answer = await fetch(base + '/requests/stream', { headers: headers(), signal: stream.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    $('live').textContent = 'live';
    let rest = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      rest += chunk;
      const events = rest.split('\n\n'); rest = events.pop();
      for (const event of events) {
        const data = event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5)).join('\n');
        if (!data) continue;
        $('requests').prepend(callRow(JSON.parse(data)));
        while ($('requests').rows.length > 200) $('requests').deleteRow(-1);
      }
      showState().catch(() => {});
    }
  } catch { /* the world changed, or the server stopped */ }
  $('live').textContent = 'not live';
}
async function showRoutes() {
  const { routes } = await admin('routes');
  $('routes').replaceChildren(...routes.map(({ operation, method, path, example }) => {
    const send = document.createElement('button'); send.textContent = 'Send';
    const show = async () => {
      const isText = typeof example.body === 'string';
      const body = example.body === undefined ? undefined : isText ? example.body : JSON.stringify(example.body);
      const type = body !== undefined && !isText ? { 'Content-Type': 'application/json' } : {};
      const answer = await fetch(prefix + example.path, { method: example.method, body, headers: { ...(world() ? { 'X-Mock-World': world() } : {}), ...type, ...example.headers } });
      const text = await answer.text();
      $('answer').hidden = false;
      $('answer').textContent = answer.status + ' ' + answer.statusText + '\n' + [...answer.headers].map(([name, value]) => name + ': ' + value).join('\n') + '\n\n' + text;
      $('answer').scrollIntoView({ block: 'nearest' });
    };
    send.onclick = () => show().then(() => say(''), (error) => say(error.message));
    const td = document.createElement('td'); td.append(send);
    return row(cell(operation + ' ' + method), cell(example.method + ' ' + example.path, 'call'), td);
  }));
}
const act = (work, done) => async () => { try { await work(); say(done); await Promise.all([showState(), showRequests()]); } catch (error) { say(error.message); } };
for (const button of document.querySelectorAll('[data-post]')) button.onclick = act(() => admin(button.dataset.post, { method: 'POST' }), 'done');
for (const button of document.querySelectorAll('[data-advance]')) {
  button.onclick = act(() => admin('clock', { method: 'PUT', body: JSON.stringify({ advance: Number(button.dataset.advance) }) }), 'clock moved');
}
$('snap').onclick = act(async () => { const name = prompt('Name of the snapshot', 'before'); if (name) await admin('snapshots/' + encodeURIComponent(name), { method: 'PUT' }); }, 'snapshot taken');
$('restore').onclick = act(() => admin('snapshots/' + encodeURIComponent($('snapshots').value) + '/restore', { method: 'POST' }), 'restored');
$('forget').onclick = act(() => admin('requests', { method: 'DELETE' }), 'journal cleared');
const refresh = () => { Promise.all([showState(), showRequests(), showRoutes()]).then(() => say(''), (error) => say(error.message)); follow(); };
$('world').onchange = refresh;
admin('version').then(({ version }) => { $('version').textContent = version; }, () => {});
refresh();
`;
