/** The web console at `/__admin`: one page without a build step, drawn from the admin routes alone. */
import { script } from './script.ts';
import { style } from './style.ts';

const panel = (id: string, title: string, tools: string, body: string): string =>
  `<section aria-labelledby="${id}-title"><header><h2 id="${id}-title">${title}</h2>${tools}</header>${body}</section>`;

export const consolePage = (): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>contacts-mock</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<main>
<header class="top">
  <h1>contacts-mock <small id="version"></small></h1>
  <label>World <input id="world" list="worlds" placeholder="default" autocomplete="off" spellcheck="false"></label>
  <datalist id="worlds"></datalist>
  <output id="said" role="status"></output>
</header>
${panel(
  'state',
  'State',
  '<span class="tools"><button data-post="reset">Reset</button><button id="snap">Snapshot</button><select id="snapshots" aria-label="Snapshots"></select><button id="restore">Restore</button></span>',
  '<dl><dt>Clock</dt><dd><time id="clock"></time> <span class="tools"><button data-advance="3600">+1 h</button><button data-advance="86400">+1 d</button></span></dd><dt>Hash</dt><dd><code id="hash"></code></dd><dt>Written</dt><dd id="written"></dd></dl>',
)}
${panel('journal', 'Requests', '<span class="tools"><span id="live">live</span><button id="forget">Clear</button></span>', '<div class="scroll"><table><thead><tr><th>At<th>Call<th>Status<th>Operation<th>ms</thead><tbody id="requests"></tbody></table></div><pre id="entry" hidden></pre>')}
${panel('calls', 'Operations', '', '<div class="scroll"><table><thead><tr><th>Operation<th>Call that works<th></thead><tbody id="routes"></tbody></table></div><pre id="answer" hidden></pre>')}
</main>
<script type="module">${script}</script>
</html>
`;
