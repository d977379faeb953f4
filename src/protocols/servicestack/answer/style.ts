/** The one stylesheet of all pages: no fonts or files from elsewhere, light and dark, wide and narrow. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #12161c); --panel: light-dark(#ffffff, #1a2029); --tint: light-dark(#f1f3f6, #212834);
  --ink: light-dark(#1c2430, #e4e8ee); --soft: light-dark(#5b6675, #98a3b3); --line: light-dark(#dde2e8, #2c3440);
  --accent: light-dark(#0b5cad, #7ab8ff); --note: light-dark(#7a4d00, #e9bb6d); --note-tint: light-dark(#fbf0db, #332a18);
  --bad: light-dark(#b3261e, #ff9a92); --bad-tint: light-dark(#fbe9e7, #3a2023);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'Segoe UI Mono', Menlo, Consolas, monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.top { border-bottom: 1px solid var(--line); background: var(--panel); }
.top > div, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
.top > div { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-block: .85rem; }
.top b { font-weight: 650; }
.top b a { color: inherit; text-decoration: none; }
.top nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-left: auto; font-size: .9rem; }
main { padding-block: 2rem 3rem; }
footer { padding-block: 1rem 2.5rem; color: var(--soft); font-size: .85rem; }
h1 { margin: .25rem 0 .4rem; font-size: clamp(1.45rem, 4.5vw, 2rem); line-height: 1.2; font-weight: 680; letter-spacing: -.015em; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; line-height: 1.3; font-weight: 650; }
h2:first-child { margin-top: 1.25rem; }
h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; font-weight: 650; }
p { margin: .5rem 0 1rem; max-width: 46rem; }
.lead { color: var(--soft); font-size: 1.05rem; margin-top: 0; }
.trail { font-size: .9rem; margin: 0; }
code, pre, td.name, .verbs { font-family: var(--mono); font-size: .86em; }
code { overflow-wrap: anywhere; }
ul.badges { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 0 0 1.25rem; font-size: .88rem; }
ul.badges li { padding: .15rem .7rem; border-radius: 99px; background: var(--note-tint); color: var(--note); }
nav.tabs { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0 0 1rem; font-size: .9rem; }
nav.tabs a { padding: .25rem .8rem; border: 1px solid var(--line); border-radius: 99px; background: var(--panel); text-decoration: none; }
nav.tabs a:hover { border-color: var(--accent); }
nav.tabs a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--panel); font-weight: 600; }
ul.cards { list-style: none; padding: 0; display: grid; gap: 1rem; margin: 0 0 1.5rem; }
ul.cards li { padding: 1rem 1.25rem .35rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--panel); }
ul.cards h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; } ul.cards p { margin: .25rem 0 .6rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--panel); margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; padding: .7rem 1rem .6rem; font-weight: 650; }
caption small { display: block; font-weight: 400; color: var(--soft); font-size: .9em; }
th, td { text-align: left; vertical-align: baseline; padding: .42rem 1rem; border-top: 1px solid var(--line); }
thead th { background: var(--tint); color: var(--soft); font-size: .8rem; font-weight: 600; white-space: nowrap; }
table:not(:has(caption)) thead th { border-top: 0; }
tbody th { font-weight: 500; }
td.name, th.name { font-family: var(--mono); font-size: .86em; font-weight: 500; white-space: nowrap; }
td.type { white-space: nowrap; }
td.doc { min-width: 15rem; }
.soft { color: var(--soft); }
.verbs { white-space: nowrap; }
pre { margin: 0 0 1rem; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--panel); overflow: auto; max-height: 34rem; line-height: 1.5; tab-size: 2; }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
pre code { font-size: 1em; overflow-wrap: inherit; }
pre .body { user-select: all; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--accent); font-size: .92rem; padding: .25rem 0; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 2.5rem; }
.contents { display: none; }
@media (min-width: 68rem) {
  .columns { grid-template-columns: minmax(0, 1fr) 13rem; }
  .contents { display: block; font-size: .88rem; }
  .contents nav { position: sticky; top: 1.5rem; border-left: 1px solid var(--line); padding-left: 1rem; }
  .contents b { font-size: .8rem; color: var(--soft); font-weight: 600; }
  .contents ul { list-style: none; margin: .4rem 0 0; padding: 0; }
  .contents li { margin: .3rem 0; overflow-wrap: anywhere; line-height: 1.35; }
  .contents a { text-decoration: none; }
  .contents a:hover { text-decoration: underline; }
}
@media (max-width: 40rem) {
  .top > div, main, footer { padding-inline: 1rem; }
  .top nav { margin-left: 0; }
  th, td { padding: .4rem .7rem; }
}
@media print { .top nav, nav.tabs, .contents { display: none; } pre { max-height: none; white-space: pre-wrap; } }
`;
