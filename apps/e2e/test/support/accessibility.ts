import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Resolves to what axe-core finds wrong with a page, or a part of it, by WCAG 2.2, level AA: rule, elements and advice. */
export async function violationsOf(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    ([inside, ...tags]) => (globalThis as unknown as { axe: typeof axe }).axe.run(inside, { runOnly: tags }),
    [part, 'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}
