/** The style sheet of the operator's page and of the page of what is collected. */
export const pageStyle = `
:root {
  --ground: #fbf9f4; --ink: #1b2321; --soft: #59635f; --line: #d9d5c9; --accent: #125e4b; --mark: #f2ecdd;
  color-scheme: light dark; color: var(--ink); background: var(--ground);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #131816; --ink: #e9ece6; --soft: #a3ada7; --line: #333b37; --accent: #66c7a8; --mark: #1d2522; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 28px 24px 48px; max-width: 62rem; }
h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif; font-weight: 600; letter-spacing: -0.01em; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 2.2rem; line-height: 1.15; }
h2 { font-size: 1.35rem; }
p { margin: 6px 0; max-width: 75ch; }
.brand { margin: 0; color: var(--accent); font-size: 0.8rem; font-weight: 700; letter-spacing: 0.14em; text-transform: uppercase; }
.lead, dd, footer, td p, th p { color: var(--soft); }
section { padding: 24px 0 8px; border-top: 1px solid var(--line); margin-top: 20px; }
section:first-of-type { border-top-color: var(--ink); }
table { border-collapse: collapse; width: 100%; font-size: 0.93rem; margin: 8px 0 14px; }
th, td { padding: 6px 16px 6px 0; text-align: left; border-top: 1px solid var(--line); font-weight: 400; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-top: 0; border-bottom: 1px solid var(--ink); color: var(--soft); font-size: 0.82rem; }
.rows th { width: 12rem; color: var(--soft); }
.group th { padding-top: 18px; border-top: 0; font-weight: 600; color: var(--accent); }
.fields td { width: 36%; }
td p, th p { margin: 2px 0 0; font-size: 0.9rem; }
code, pre, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
.digest { overflow-wrap: anywhere; }
pre { background: var(--mark); padding: 12px 14px; margin: 8px 0; overflow: auto; max-height: 30rem; line-height: 1.45; }
.scroll { overflow-x: auto; max-height: 30rem; }
dl { margin: 8px 0; } dt { margin-top: 8px; } dd { margin: 0; max-width: 75ch; }
ul { padding-left: 20px; max-width: 75ch; } li { padding: 2px 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--accent); padding: 4px 0; }
a { color: var(--accent); }
form { display: flex; flex-wrap: wrap; gap: 8px; margin: 14px 0; }
form p { flex-basis: 100%; margin: 0; }
.lines { white-space: pre-line; overflow-wrap: anywhere; }
button { font: inherit; font-size: 0.95rem; padding: 6px 14px; min-height: 36px; border: 1px solid var(--accent); border-radius: 3px; background: var(--ground); color: var(--accent); cursor: pointer; }
button:hover { background: var(--mark); }
button[aria-pressed=true] { background: var(--accent); color: var(--ground); font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { font-size: 0.85rem; margin-top: 28px; }
@media (max-width: 560px) { body { padding: 16px 14px 32px; } h1 { font-size: 1.75rem; } .rows th { width: 40%; } }
@media (forced-colors: active) { button[aria-pressed=true] { outline: 3px solid; } }
@media print { form { display: none; } pre, .scroll { max-height: none; } tr { break-inside: avoid; } }
`;
