/** What axe-core finds on a page as it stands there. */
import { source, type AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** WCAG 2.2, levels A and AA, with what it took over. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Each rule that is broken, with the elements that break it: none is good. Frames in the page are looked at on their own. */
export async function axeViolations(at: Page | Frame): Promise<string[]> {
  await at.evaluate(source);
  const options = JSON.stringify({ runOnly: { type: 'tag', values: TAGS }, iframes: false });
  const { violations, passes } = await at.evaluate<Pick<AxeResults, 'violations' | 'passes'>>(
    `axe.run(document, ${options}).then(({ violations, passes }) => ({ violations, passes }))`,
  );
  if (passes.length === 0) throw new Error('axe-core looked at nothing');
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
