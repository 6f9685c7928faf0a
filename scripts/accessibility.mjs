// What axe finds wrong with a page, as the tests of the public site and of the application ask it.
import axe from "axe-core";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Places shown of one fault. */
const SHOWN = 6;

/**
 * Faults of an open page against WCAG 2.2 AA and good practice, a line each; `within` selects a dialog where one covers the rest.
 * @param {import("playwright-core").Page} page
 * @param {string} [within]
 * @returns {Promise<string[]>}
 */
export async function accessibilityFaults(page, within) {
  await page.evaluate(axe.source);
  // Runs in the page, where axe is a global. It must not fetch style sheets: there may be no server.
  const found = await page.evaluate(
    `axe.run(${within === undefined ? "document" : JSON.stringify(within)}, { preload: false, runOnly: ${JSON.stringify(LEVELS)} }).then((result) => result.violations)`,
  );
  return found.map(
    ({ id, nodes }) =>
      `${id} ×${nodes.length}: ${nodes
        .slice(0, SHOWN)
        .map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`)
        .join("\n")}`,
  );
}
