/** The only stylesheet of the pages; inlined, and allowed by its hash. */
export const style = `
:root {
  --ground: #fbf9f4; --ink: #1b2321; --soft: #59635f; --line: #d9d5c9; --strong: #1b2321; --accent: #125e4b;
  --accent-soft: #8fb8a8; --gap: #ece7da; --mark: #f2ecdd;
  --c0: #125e4b; --c1: #b5541c; --c2: #2f5fa8; --c3: #94741a; --c4: #7c3a76; --c5: #3f8b94; --c6: #8a4b3a; --other: #a49f92;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--ink); background: var(--ground); color-scheme: light dark;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #131816; --ink: #e9ece6; --soft: #a3ada7; --line: #333b37; --strong: #e9ece6; --accent: #66c7a8;
    --accent-soft: #2f6a57; --gap: #202623; --mark: #1d2522;
    --c0: #66c7a8; --c1: #ee9460; --c2: #82aef0; --c3: #dcb752; --c4: #d494cd; --c5: #7fcbd3; --c6: #d09a87; --other: #79827d;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 28px 24px 48px; max-width: 1120px; }
h1, h2, h3, p, dl, dd, ol, pre, table, figure { margin: 0; }
h1, h2, h3 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif; font-weight: 600; letter-spacing: -0.01em; }
h1 { font-size: 2.3rem; line-height: 1.15; overflow-wrap: anywhere; }
h1 + p { margin-top: 8px; }
h2 { font-size: 1.35rem; margin-bottom: 4px; overflow-wrap: anywhere; }
h2.path { font-size: 1.25rem; }
h3 { font-size: 1.05rem; margin: 18px 0 4px; }
a { color: var(--accent); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip, .spoken { position: absolute; left: -999px; }
.skip:focus { left: 20px; top: 4px; background: var(--ground); padding: 4px 10px; }
.hidden { display: none; }
.brand { color: var(--accent); font-size: 0.8rem; font-weight: 700; letter-spacing: 0.14em; text-transform: uppercase; }
header { margin-bottom: 8px; }
nav { display: flex; flex-wrap: wrap; gap: 0 22px; margin-top: 14px; border-bottom: 1px solid var(--strong); }
nav a { padding: 7px 0 6px; text-decoration: none; color: var(--soft); border-bottom: 3px solid transparent; }
nav a:hover { color: var(--ink); }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
nav.parts { gap: 0 18px; margin: 0; border: 0; font-size: 0.92rem; }
nav.parts a { color: var(--accent); border: 0; padding: 2px 0; text-decoration: underline; }
form { display: flex; flex-wrap: wrap; gap: 10px 14px; align-items: end; }
header form { margin-top: 14px; }
label { display: grid; gap: 2px; font-size: 0.82rem; color: var(--soft); }
input, select, button, textarea {
  font: inherit; font-size: 0.95rem; color: var(--ink); background: var(--ground); border: 1px solid var(--soft);
  border-radius: 3px; padding: 5px 9px; min-height: 36px; max-width: 100%;
}
button { background: var(--accent); border-color: var(--accent); color: var(--ground); font-weight: 600; cursor: pointer; }
.ranges { display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: 0.9rem; align-self: end; padding-bottom: 7px; }
.conditions { margin-top: 12px; padding: 7px 12px; background: var(--mark); font-size: 0.92rem; }
.conditions a { display: inline-block; margin: 2px 4px; padding: 1px 9px; border: 1px solid var(--accent); border-radius: 99px; text-decoration: none; overflow-wrap: anywhere; }
section { padding: 26px 0 6px; border-bottom: 1px solid var(--line); }
section:last-of-type { border-bottom: 0; }
section > p { max-width: 75ch; }
.lead { color: var(--soft); font-size: 0.95rem; margin-bottom: 12px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 190px), 1fr)); gap: 18px 30px; margin: 14px 0 22px; }
.tiles > div { border-top: 3px solid var(--strong); padding-top: 6px; }
.tiles dt { color: var(--soft); font-size: 0.88rem; }
.tiles dd { display: grid; }
.tiles strong { font: 600 2.1rem/1.2 "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif; font-variant-numeric: lining-nums tabular-nums; overflow-wrap: anywhere; }
.tiles span { color: var(--soft); font-size: 0.84rem; text-wrap: pretty; }
.chart { display: grid; grid-template-columns: 52px minmax(0, 1fr); margin: 10px 0 14px; }
.chart.few { max-width: 760px; }
svg { display: block; overflow: visible; }
svg text { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.axis text, .to-end { text-anchor: end; }
.centred, .last { text-anchor: middle; }
.wide { display: none; }
.grid { stroke: var(--line); }
.bar, .fill { fill: var(--accent); }
.partial { fill: var(--accent-soft); }
.gap { fill: var(--gap); }
.track { fill: var(--line); }
.spark path { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.mark .tip { visibility: hidden; fill: var(--ink); paint-order: stroke; stroke: var(--ground); stroke-width: 4px; font-weight: 600; pointer-events: none; }
.mark:hover .tip, .mark:focus .tip { visibility: visible; }
.mark:hover rect, .mark:focus rect { opacity: 0.72; }
.mark:focus { outline: 0; }
.mark:focus-visible rect { stroke: var(--ink); stroke-width: 2px; }
.swatch { display: inline-block; margin-right: 8px; vertical-align: -1px; }
.colour-0 { fill: var(--c0); } .colour-1 { fill: var(--c1); } .colour-2 { fill: var(--c2); } .colour-3 { fill: var(--c3); }
.colour-4 { fill: var(--c4); } .colour-5 { fill: var(--c5); } .colour-6 { fill: var(--c6); } .colour-other { fill: var(--other); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 8px 44px; align-items: start; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin-bottom: 12px; }
caption { text-align: left; color: var(--soft); font-size: 0.85rem; padding: 4px 0; }
th, td { padding: 6px 14px 6px 0; text-align: left; border-top: 1px solid var(--line); font-weight: 400; vertical-align: top; }
thead th, thead td { border-top: 0; border-bottom: 1px solid var(--strong); color: var(--soft); font-size: 0.82rem; }
tbody:first-child tr:first-child th, tbody:first-child tr:first-child td { border-top: 0; }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1%; }
.bar-column { width: 42%; min-width: 56px; padding-top: 13px; }
.spark-column { width: 110px; padding-top: 7px; }
.path { overflow-wrap: anywhere; }
.value { overflow-wrap: break-word; }
thead th.number { white-space: normal; vertical-align: bottom; }
thead th.number:has(small) { white-space: nowrap; }
thead small { display: block; }
.periods table { width: auto; min-width: min(100%, 480px); }
.periods th:first-child { position: sticky; left: 0; background: var(--ground); white-space: nowrap; }
.periods th.number, .periods td { padding-left: 12px; white-space: nowrap; }
.unused { margin: 4px 0 12px; font-size: 0.92rem; }
.unused a { margin-right: 12px; padding: 2px 0; display: inline-block; }
.unused.all { columns: 3 300px; }
.unused.all a { display: block; }
main > .note:first-child { margin-top: 18px; }
code, pre, textarea, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.88em; }
pre { background: var(--mark); padding: 12px 14px; margin: 6px 0 14px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45; }
ol { padding-left: 22px; }
.steps { max-width: 75ch; }
.steps h3 { margin-top: 22px; }
ul.tree { list-style: none; margin: 0; padding-left: 0; }
ul.tree ul { list-style: none; padding-left: 18px; border-left: 1px solid var(--line); }
ul.tree li { padding: 3px 0; }
ul.tree .path { font-weight: 600; margin-right: 6px; text-decoration: none; }
ul.tree .path:hover { text-decoration: underline; }
ul.tree a:not(.path) { font-size: 0.92rem; }
.mini { display: inline-block; width: 64px; margin-right: 8px; vertical-align: 1px; }
.fact { display: inline-block; margin-right: 10px; }
small { color: var(--soft); font-size: 0.85em; }
.note { color: var(--soft); font-size: 0.87rem; max-width: 75ch; margin: 8px 0 12px; }
details { padding: 4px 0 10px; }
summary { cursor: pointer; padding: 4px 0; color: var(--accent); }
#playground textarea { display: block; width: 100%; min-height: 200px; white-space: pre; overflow: auto; margin: 2px 0 10px; }
#playground select { width: max-content; }
.lines { font-size: 0.88rem; table-layout: fixed; }
.lines td { padding: 2px 14px 2px 0; border-top-color: transparent; }
.lines tr:hover td { border-color: var(--line); }
.lines code { white-space: pre-wrap; overflow-wrap: anywhere; }
.lines td:last-child { color: var(--soft); }
.lines .kept td:nth-child(2) { color: var(--accent); font-weight: 600; }
.lines .changed td:first-child { color: var(--soft); }
.lines .changed td:nth-child(2) code:not(:empty) { background: var(--mark); }
.problems { border-left: 3px solid var(--c1); padding: 4px 14px; }
.fields td { width: 36%; }
.fields p { margin: 2px 0 0; color: var(--soft); font-size: 0.9rem; }
.group th { padding-top: 18px; border-top: 0; font-weight: 600; color: var(--accent); }
.digest { overflow-wrap: anywhere; }
dt { margin-top: 8px; }
main dd { max-width: 75ch; }
main ul { padding-left: 20px; margin: 6px 0; }
footer { color: var(--soft); font-size: 0.85rem; max-width: 75ch; margin-top: 26px; }
@media (max-width: 560px) {
  .last { text-anchor: end; }
  body { padding: 16px 14px 32px; }
  .bar-column { width: 12%; min-width: 30px; }
  header > nav { gap: 0; justify-content: space-between; font-size: 0.84rem; }
  header > form { display: grid; grid-template-columns: 1fr 1fr; }
  header > form input, header > form select { width: 100%; padding: 5px 6px; }
  header > form .ranges { grid-column: 1 / -1; padding: 0; justify-content: space-between; }
  .spark-column { display: none; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 14px 18px; }
  .tiles strong { font-size: 1.7rem; }
  .lines tr { display: grid; grid-template-columns: 1fr 1fr; border-top: 1px solid var(--line); padding: 2px 0; }
  .lines td:last-child { grid-column: 1 / -1; padding: 0 0 0 14px; font-size: 0.82rem; }
  .lines thead th:last-child { display: none; }
  .lines td:empty { display: none; }
  th, td { padding-right: 8px; }
}
@media (min-width: 900px) {
  .wide { display: inline; }
}
@media (min-width: 1100px) {
  ul.tree { columns: 2; column-gap: 56px; }
  ul.tree ul { columns: auto; }
}
@media (min-width: 1900px) {
  :root { font-size: 18px; }
  body { max-width: 1680px; }
  .pairs { display: grid; grid-template-columns: 1fr 1fr; column-gap: 64px; }
  .pairs .bar-column { width: 30%; }
}
@media (forced-colors: active) {
  .bar, .fill, .colour-0, .colour-1, .colour-2, .colour-3, .colour-4, .colour-5, .colour-6, .colour-other { stroke: CanvasText; }
  .track { stroke: CanvasText; fill: Canvas; }
  svg text { fill: CanvasText; }
  .spark path { stroke: CanvasText; }
  nav a:not([aria-current]) { border-color: Canvas; }
  .lines .changed td:nth-child(2) code:not(:empty) { outline: 1px solid; }
}
@media print {
  form, nav, .skip, footer, .conditions span, details:not([open]) { display: none; }
  .bar, .fill, .partial, .track, .gap, .swatch rect, .chart rect { print-color-adjust: exact; }
  body { padding: 0; max-width: none; }
  h2, h3, caption, thead { break-after: avoid; }
  tr, li, .chart, .tiles, .steps pre { break-inside: avoid; }
}
`;
