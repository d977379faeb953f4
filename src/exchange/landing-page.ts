/** What a browser sees at `/`, and at a path that nobody serves: what this is, and calls that work with one click. */
import { html, raw } from 'hono/html';
import type { Inbound } from '../http/message.ts';
import { callers } from '../protocols/callers.ts';
import type { Api, Route } from '../protocols/protocol.ts';
import { version } from '../version.ts';
import type { NearOperation } from '../journal/nearest-operations.ts';

export interface LandingPage {
  readonly inbound: Inbound;
  readonly apis: readonly Api[];
  readonly routes: readonly Route[];
  /** Where the caller asked for a path that nobody serves: the operation that comes closest. */
  readonly missed?: { readonly nearest: NearOperation | undefined };
}

type Markup = ReturnType<typeof html>;

export const LANDING_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
};

export const landingPage = ({ inbound, apis, routes, missed }: LandingPage): string =>
  String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${missed === undefined ? 'contacts-mock' : 'Not served · contacts-mock'}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<header>
<h1>contacts-mock <small>${version}</small></h1>
<p>A test double of ${apis.map(({ title }) => title).join(', ')}: seeded, in memory, no real service behind it.</p>
</header>
${missed === undefined ? '' : missedPath(inbound, missed.nearest)}
<h2>Try it</h2>
<ul class="cards">
${apis.map((api) => card(api, routes, inbound))}
</ul>
<h2>Who may sign in</h2>
<p>${callers.map(({ name }, i) => html`${i === 0 ? '' : ', '}<code>${name}</code>`)}; the password is the name. As an API key: <code>Authorization: Bearer ${callers[0]?.name ?? ''}</code>.</p>
<h2>What happened, and why</h2>
<p><a class="button" href="${inbound.basePath}/__admin">Open the console</a></p>
<p>It shows every call with its reason, the data, and the situations that you can make. <a href="${inbound.basePath}/__admin/routes">All operations as JSON</a>.</p>
</main>
</body>
</html>
`);

function missedPath({ method, path }: Inbound, nearest: NearOperation | undefined): Markup {
  return html`<section class="missed" aria-label="Not served">
<p><strong>Nothing is served at <code>${method} ${path.slice(0, 200)}</code>.</strong></p>
${nearest === undefined ? '' : html`<p>The nearest is <code>${nearest.method} ${nearest.path}</code> (${nearest.operation}): ${nearest.differs.join(', ')}.</p>`}
</section>`;
}

function card(api: Api, routes: readonly Route[], { basePath }: Inbound): Markup {
  const own = routes.filter(({ operation }) => operation.startsWith(`${api.name}.`));
  const first = own.find(({ method }) => method === 'GET');
  const operations = new Set(own.map(({ operation }) => operation)).size;
  return html`<li>
<h3>${api.title}</h3>
${first === undefined ? '' : attempt(api, first, basePath)}
<p class="soft">${operations} operation${operations === 1 ? '' : 's'} · <a href="${basePath}/__admin/openapi.json?api=${api.name}">OpenAPI</a></p>
</li>`;
}

/** A link; where the call needs somebody signed in, a form that signs in on the way. */
function attempt(api: Api, { example: { path, headers = {} } }: Route, basePath: string): Markup {
  const needsCaller = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  const address = basePath + path;
  const [caller] = callers;
  if (!needsCaller || api.signInForm === undefined || caller === undefined)
    return html`<p><a href="${address}"><code>GET ${path}</code></a></p>`;
  const { action, fields } = api.signInForm(caller, address);
  return html`<form method="post" action="${basePath}${action}">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="link"><code>GET ${path}</code></button> <span class="soft">signs in as ${caller.name}</span>
</form>`;
}

const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#f6f7f9, #12161c); --panel: light-dark(#ffffff, #1a2029); --ink: light-dark(#1c2430, #e4e8ee); --soft: light-dark(#5b6675, #98a3b3); --line: light-dark(#dde2e8, #2c3440); --accent: light-dark(#0b5cad, #7ab8ff); --note: light-dark(#7a4d00, #e9bb6d); --note-tint: light-dark(#fbf0db, #332a18); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { margin: 0; font-size: clamp(1.6rem, 5vw, 2.2rem); letter-spacing: -.02em; }
h1 small { color: var(--soft); font-size: .5em; font-weight: 400; letter-spacing: 0; }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.15rem; } h3 { margin: 0 0 .35rem; font-size: 1rem; }
p { margin: .3rem 0 .8rem; }
code { font: .88em ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a, button.link { color: var(--accent); text-underline-offset: .18em; }
button.link { border: 0; padding: 0; background: none; font: inherit; text-decoration: underline; cursor: pointer; text-align: left; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr)); }
.cards li { padding: 1rem 1.15rem .5rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--panel); }
.soft { color: var(--soft); font-size: .9rem; }
.button { display: inline-block; padding: .45rem 1rem; border-radius: .45rem; background: var(--accent); color: var(--panel); text-decoration: none; font-weight: 600; }
.missed { margin: 1.5rem 0 0; padding: .8rem 1.1rem .2rem; border-radius: .6rem; background: var(--note-tint); color: var(--note); }
form { margin: .3rem 0 .8rem; }
`;
