/** The console's stylesheet: quiet, light and dark, no outside resource. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1c2430, #e4e8ee); --soft: light-dark(#5b6675, #98a3b3);
  --line: light-dark(#dde2e8, #2c3440); --ground: light-dark(#f6f7f9, #12161c); --card: light-dark(#fff, #1a2029);
  --accent: light-dark(#0b5cad, #7ab8ff); --bad: light-dark(#b3261e, #ff9a92); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
main { max-width: 76rem; margin: 0 auto; padding: 1.25rem; display: grid; gap: 1rem; }
h1 { font-size: 1.3rem; margin: 0; } h1 small { color: var(--soft); font-weight: 400; font-size: .8rem; }
h2 { font-size: 1rem; margin: 0; }
.top, section > header { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; }
.top label { margin-left: auto; } section > header { justify-content: space-between; margin-bottom: .5rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; min-width: 0; }
.tools { display: inline-flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
button, input, select { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .6rem; }
button { cursor: pointer; } button:hover { border-color: var(--accent); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.scroll { max-height: 24rem; overflow: auto; } table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--soft); font-weight: 500; position: sticky; top: 0; background: var(--card); }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
td.call { overflow-wrap: anywhere; min-width: 12rem; } td button { white-space: nowrap; } td:last-child, th:last-child { padding-right: .25rem; text-align: right; }
tbody tr[data-id] { cursor: pointer; } tbody tr[data-id]:hover td { color: var(--accent); } .bad { color: var(--bad); }
code, pre, td.call { font-family: ui-monospace, monospace; font-size: .85rem; }
pre { margin: .75rem 0 0; padding: .75rem; max-height: 24rem; overflow: auto; border: 1px solid var(--line); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
#live, #said { color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) { main { padding: .6rem; } .top label { margin-left: 0; } th:nth-child(1), td:nth-child(1) { display: none; } #routes td:nth-child(1) { display: table-cell; } }
`;
