/** `/login`: who is signed in, every user of the world with a button, and a form for what is typed; leads to where the caller wanted to go. */
import { type Caller, callers } from '../../callers.ts';
import type { Inbound } from '../../../http/message.ts';
import { raw } from 'hono/html';
import { baseOf, type ServiceHost } from '../service-host.ts';
import { type Html, html, page, scrolling } from '../answer/page.ts';

const LOGIN_STYLE = `
.users td:last-child { text-align: right; } .users thead td { background: var(--tint); }
button, input { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .9rem; background: var(--panel); }
button { cursor: pointer; color: var(--accent); } button:hover { border-color: var(--accent); }
.typed { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; }
.typed label { display: grid; gap: .2rem; font-size: .9rem; color: var(--soft); }
.typed input { color: var(--ink); width: 14rem; max-width: 100%; }
.signed-in { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; }
.signed-in p { margin: 0; }
.wrong { background: var(--bad-tint); color: var(--bad); border-radius: .4rem; padding: .5rem .9rem; }
.users td, .users th { vertical-align: middle; }
.narrow { max-width: 46rem; }
`;

/** Why a sign-in failed comes in the fragment, where only a script can see it (servicestack.md §13 F4). */
const SHOW_FAILURE = `
const failure = /[#/]f=([^/]*)/.exec(location.hash);
if (failure) {
  const shown = document.getElementById('failure');
  shown.hidden = false;
  shown.textContent = decodeURIComponent(failure[1].replaceAll('+', ' '));
  history.replaceState(null, '', location.pathname + location.search);
}
`;

export interface LoginPage {
  /** A path of this mock. */
  readonly next: string;
  /** Who is signed in. */
  readonly caller: Caller | undefined;
}

const rolesOf = ({ roles }: Caller): string | Html => (roles.length === 0 ? html`<span class="soft">no role</span>` : roles.join(', '));

export function loginPage({ next, caller }: LoginPage, host: ServiceHost, inbound: Inbound): string {
  const { title } = host.service;
  const base = baseOf(inbound, host);
  const form = (className: string, action: string, back: string, fields: Html): Html =>
    html`<form class="${className}" method="post" action="${base}${action}">${fields}<input type="hidden" name="continue" value="${back}"></form>`;
  const signInAs = ({ name }: Caller): Html =>
    html`<input type="hidden" name="UserName" value="${name}"><input type="hidden" name="Password" value="${name}"><button aria-label="Sign in as ${name}">Sign in</button>`;
  const signedIn =
    caller !== undefined &&
    form(
      'signed-in',
      '/auth/logout',
      `${base}/login?redirect=${encodeURIComponent(next)}`,
      html`<p>Signed in as <b>${caller.name}</b> (${rolesOf(caller)}). <a href="${next}">Go on</a></p><button>Sign out</button>`,
    );
  const rows = callers.map(
    (user) =>
      html`<tr><th scope="row">${user.name}</th><td>${rolesOf(user)}</td><td>${form('one', '/auth/credentials', next, signInAs(user))}</td></tr>\n`,
  );
  const body = html`<div class="narrow">
<h1>Sign in</h1>
<p id="failure" class="wrong" role="alert" hidden></p>
${signedIn}
<p class="lead">Choose a user of this world; the password is the name. Afterwards: <code>${next}</code></p>
${scrolling(
  'Users',
  html`<table class="users"><thead><tr><th scope="col">User</th><th scope="col">Roles</th><td></td></tr></thead><tbody>${rows}</tbody></table>`,
)}
<h2>Or type</h2>
${form(
  'typed',
  '/auth/credentials',
  // By way of this page, which sends on whoever is signed in and tells the others why not.
  `${base}/login?continue=${encodeURIComponent(next)}`,
  html`<label>User name <input name="UserName" autocomplete="username" required></label><label>Password <input name="Password" type="password" autocomplete="current-password" required></label><button>Sign in</button>`,
)}
<h2>Without a browser</h2>
<p>Send <code>Authorization: Bearer worker</code>, or Basic with the name twice.</p>
</div>
<script>${raw(SHOW_FAILURE)}</script>`;
  return page({ title: `Sign in · ${title}`, service: title, base, body, style: LOGIN_STYLE });
}
