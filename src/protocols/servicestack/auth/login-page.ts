/** `/login`: every user of the world with a button, and a form for what is typed; leads to where the caller wanted to go. */
import { type Html, html } from '../../../derive/html.ts';
import { callers } from '../../callers.ts';
import type { Inbound } from '../../../http/message.ts';
import { baseOf, type ServiceHost } from '../service-host.ts';
import { page, scrolling } from '../answer/page.ts';

const LOGIN_STYLE = `
.users td:last-child { text-align: right; }
button, input { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .9rem; background: var(--panel); }
button { cursor: pointer; color: var(--accent); } button:hover { border-color: var(--accent); }
.typed { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; }
.typed label { display: grid; gap: .2rem; font-size: .9rem; color: var(--soft); }
.typed input { color: var(--ink); width: 14rem; max-width: 100%; }
.wrong { background: var(--bad-tint); color: var(--bad); border-radius: .4rem; padding: .5rem .9rem; }
.users td, .users th { vertical-align: middle; }
.narrow { max-width: 46rem; }
`;

export interface LoginPage {
  /** A path of this mock. */
  readonly next: string;
  /** The last try was refused. */
  readonly isRefused: boolean;
}

export function loginPage({ next, isRefused }: LoginPage, described: ServiceHost, inbound: Inbound): string {
  const base = baseOf(inbound, described);
  const form = (className: string, fields: Html): Html =>
    html`<form class="${className}" method="post" action="${base}/auth/credentials">${fields}<input type="hidden" name="continue" value="${next}"></form>`;
  const rows = callers.map(
    ({ name, roles }) =>
      html`<tr><th scope="row">${name}</th><td>${roles.length === 0 ? html`<span class="soft">no role</span>` : roles.join(', ')}</td><td>${form(
        'one',
        html`<input type="hidden" name="UserName" value="${name}"><input type="hidden" name="Password" value="${name}"><button aria-label="Sign in as ${name}">Sign in</button>`,
      )}</td></tr>\n`,
  );
  const body = html`<div class="narrow">
<h1>Sign in</h1>
<p class="lead">Choose a user of this world; the password is the name. Afterwards: <code>${next}</code></p>
${isRefused && html`<p class="wrong" role="alert">Invalid user name or password.</p>`}
${scrolling('Users', html`<table class="users"><thead><tr><th scope="col">User</th><th scope="col">Roles</th><th scope="col"></th></tr></thead><tbody>${rows}</tbody></table>`)}
<h2>Or type</h2>
${form(
  'typed',
  html`<label>User name <input name="UserName" autocomplete="username" required></label><label>Password <input name="Password" type="password" autocomplete="current-password" required></label><button>Sign in</button>`,
)}
<h2>Without a browser</h2>
<p>Send <code>Authorization: Bearer worker</code>, or Basic with the name twice.</p>
</div>`;
  return page({ title: `Sign in · ${described.service.title}`, service: described.service.title, base, body, style: LOGIN_STYLE });
}
