/** The page's only stylesheet; inlined, and allowed by its hash. */
export const style = `
:root {
  --ground: #f7f7f5; --card: #fff; --ink: #1c2126; --soft: #56606b; --line: #dfe2e1; --accent: #0b6e75;
  --accent-soft: #4c989e; --c0: #1f3a93; --c1: #0b6e99; --c2: #12837a; --c3: #5b8a1f; --c4: #a77500; --c5: #c2571a;
  --c6: #a8326d; --other: #7f878f;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--ink); background: var(--ground); color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --card: #1c2125; --ink: #e8eaec; --soft: #a3adb6; --line: #343b41; --accent: #4fc3ca;
    --accent-soft: #2c7f85; --c0: #8ea6ff; --c1: #5bb8ea; --c2: #45c4b4; --c3: #a3d158; --c4: #e6b84a; --c5: #f2935c;
    --c6: #ec7fb4; --other: #7d868e;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 40px; max-width: 1080px; }
h1, h2, p, dl, dd, ol, pre, table { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin-bottom: 14px; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 20px; top: 4px; background: var(--card); padding: 4px 10px; }
.hidden { display: none; }
.brand { color: var(--accent); font-weight: 650; letter-spacing: 0.02em; }
header { margin-bottom: 20px; }
form, nav { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; }
header form { margin: 16px 0 12px; }
section form { margin-bottom: 14px; }
form a { align-self: center; }
label { display: grid; gap: 2px; font-size: 0.82rem; color: var(--soft); }
input, select, button {
  font: inherit; font-size: 0.95rem; color: var(--ink); background: var(--card); border: 1px solid var(--soft);
  border-radius: 6px; padding: 5px 10px; min-height: 36px; max-width: 100%;
}
button { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; cursor: pointer; }
nav span { font-size: 0.9rem; color: var(--soft); align-self: center; }
main > nav { margin-bottom: 18px; }
nav a { padding: 3px 12px; border: 1px solid var(--line); border-radius: 99px; text-decoration: none; font-size: 0.9rem; }
nav a:hover { border-color: var(--accent); }
nav a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--card); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px; margin-bottom: 18px; }
.tiles { display: grid; grid-template-columns: repeat(3, minmax(0, max-content)); gap: 14px clamp(16px, 4vw, 44px); margin-bottom: 18px; }
.tiles dt { color: var(--soft); font-size: 0.88rem; }
.tiles dd { display: grid; }
.tiles strong { font-size: 1.9rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: 0.82rem; }
.chart { display: grid; grid-template-columns: 46px minmax(0, 1fr); margin-bottom: 14px; }
svg { display: block; overflow: visible; }
svg text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.axis text, .to-end { text-anchor: end; }
.centred { text-anchor: middle; }
.grid { stroke: var(--line); }
.plot rect:hover { opacity: 0.75; }
.day, .fill { fill: var(--accent); }
.partial { fill: var(--accent-soft); }
.track { fill: var(--line); }
.share { overflow: hidden; border-radius: 3px; }
.swatch { display: inline-block; margin-right: 8px; vertical-align: -1px; }
.colour-0 { fill: var(--c0); } .colour-1 { fill: var(--c1); } .colour-2 { fill: var(--c2); }
.colour-3 { fill: var(--c3); } .colour-4 { fill: var(--c4); } .colour-5 { fill: var(--c5); }
.colour-6 { fill: var(--c6); } .colour-other { fill: var(--other); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 8px 36px; align-items: start; }
.columns .bar-column { width: 30%; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { text-align: left; color: var(--soft); font-size: 0.85rem; padding: 4px 0; }
th, td { padding: 5px 12px 5px 0; text-align: left; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; color: var(--soft); font-size: 0.82rem; }
thead td { border-top: 0; }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
.bar-column { width: 45%; min-width: 60px; }
.path { font: 600 0.85rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding-top: 14px; overflow-wrap: anywhere; }
.value { overflow-wrap: anywhere; min-width: 90px; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.88em; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 12px; margin: 6px 0 14px; overflow-x: auto; line-height: 1.45; }
ol { padding-left: 22px; }
section > p + h2 { margin-top: 22px; }
small { color: var(--soft); font-size: 0.8em; }
.note { color: var(--soft); font-size: 0.85rem; max-width: 75ch; margin: 12px 0; }
details { border-top: 1px solid var(--line); padding: 8px 0; margin-top: 10px; }
.facts { margin-top: 0; }
summary { cursor: pointer; padding: 4px 0; }
footer { color: var(--soft); font-size: 0.85rem; max-width: 75ch; }
@media (max-width: 560px) {
  body { padding: 16px 12px 32px; }
  section { padding: 16px 14px; }
  .bar-column { width: 22%; min-width: 36px; }
  th, td { padding-right: 8px; }
}
`;
