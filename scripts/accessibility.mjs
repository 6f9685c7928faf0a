// What axe finds wrong with a page, as the tests of the public site and of the application ask it.
import axe from "axe-core";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/**
 * Faults of an open page against WCAG 2.2 AA and good practice, a line each.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  // Runs in the page, where axe is a global. It must not fetch style sheets: there may be no server.
  const found = await page.evaluate(
    `axe.run(document, { preload: false, runOnly: ${JSON.stringify(LEVELS)} }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
  );
}
