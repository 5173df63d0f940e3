/** How many values of a kind are planted, and how many of them the program's report and ours still hold. */
export interface LeakCount {
  readonly kind: string;
  readonly planted: number;
  readonly program: number;
  readonly ours: number;
}

/** Renders the counts as the page `docs/traefik-leak-count.md`. */
export function leakCountPage(counts: readonly LeakCount[]): string {
  const sum = (pick: (count: LeakCount) => number): number =>
    counts.reduce((total, count) => total + pick(count), 0);
  const all = {
    kind: 'all',
    planted: sum((c) => c.planted),
    program: sum((c) => c.program),
    ours: sum((c) => c.ours),
  };
  const rows = [...counts, all].map(({ kind, planted, program, ours }) =>
    [kind, planted, program, ours].map(String),
  );
  return [
    '# How much leaks from a Traefik configuration',
    '',
    '`packages/traefik/test/leaks.test.ts` writes this page, and fails if the page is out of date.',
    '',
    'Random configurations of both versions contain planted secrets and addresses. The test searches for each of them, in',
    "values and keys, in the program's own report and in what the default schemas export. A value that has two shapes (a mail",
    'address contains a host name) counts under both.',
    '',
    ...table([['planted', 'how many', 'sent by the program', 'sent by default here'], ...rows]),
    '',
  ].join('\n');
}

function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => pad(cell, column)).join(' | ')} |`;
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const rule = line(
    widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)),
  );
  const [head = '', ...body] = rows.map(line);
  return [head, rule, ...body];
}
