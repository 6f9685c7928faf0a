// The part "site" of the bench: the public site of a district written to a disk, then searched in a browser from there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { openDossier } from "@jiheng/audit";
import { publishSite } from "@jiheng/exporters/publish";
import { openBrowser } from "../scripts/browser.mjs";
import { districtForms } from "./district.ts";
import { median } from "./measure.ts";

const DEPARTMENTS = 60;
const FORMS_EACH = 20;
/** Milliseconds for the whole site. */
const SITE_GOAL = 60_000;
/** Milliseconds from the last key to the list of results. */
const SEARCH_GOAL = 100;
const PAGE_GOAL = 200_000;
const QUERIES = 50;

interface Written {
  readonly clock: number;
  readonly files: number;
  readonly bytes: number;
  readonly largest: { readonly path: string; readonly bytes: number };
  /** Names of projects and of departments, to search for. */
  readonly names: readonly string[];
  readonly forms: number;
}

function writeSite(folder: string): Written {
  const from = process.hrtime.bigint();
  const forms = districtForms(DEPARTMENTS, FORMS_EACH).map((form) => {
    const { policy, score, entered } = openDossier(form);
    return { form, policy, score, entered };
  });
  let files = 0;
  let bytes = 0;
  let largest = { path: "", bytes: 0 };
  const site = publishSite({
    title: "云溪区项目支出绩效自评公开",
    forms,
    withheld: [],
    versions: ["jiheng 0"],
  });
  for (const file of site) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.bytes);
    files += 1;
    bytes += file.bytes.length;
    if (/\.html$/.test(file.path) && file.bytes.length > largest.bytes)
      largest = { path: file.path, bytes: file.bytes.length };
  }
  const clock = Number(process.hrtime.bigint() - from) / 1e6;
  const names = forms.flatMap(({ form }) => [form.project ?? "", form.department ?? form.unit ?? ""]);
  return { clock, files, bytes, largest, names: names.filter(Boolean), forms: forms.length };
}

/** What people type: a part of a name, initials, full pinyin, one common character, two words, nothing that is there. */
function queriesOf(names: readonly string[]): string[] {
  const picked = Array.from({ length: QUERIES - 10 }, (_, index) => {
    const name = names[(index * 53) % names.length] ?? "";
    const length = 1 + (index % 5);
    return index % 8 === 7
      ? `${name.slice(0, 2)} ${name.slice(-2)}`
      : name.slice(index % 3, (index % 3) + length);
  });
  return [...picked, "xm", "yxq", "yunxi", "jiaoyu", "shuili", "j", "a", "区", "没有这样的词", "完成 率"];
}

interface Searched {
  readonly ready: number;
  readonly times: readonly number[];
  readonly found: number;
}

/**
 * Types each query and waits until its results are listed and drawn. The time runs inside the page, from the input to the frame
 * after the list changed, and holds the delay by which the page lets a fast typist finish.
 */
const SEARCH_IN_PAGE = `async (queries) => {
  const q = document.getElementById("q"), count = document.getElementById("count");
  const enter = (words) => new Promise((resolve) => {
    const from = performance.now();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from), 0));
    });
    watch.observe(count, { childList: true, characterData: true, subtree: true });
    q.value = words;
    q.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const ready = await enter("区");
  const times = [];
  let found = 0;
  for (const words of queries) {
    await enter("");
    times.push(await enter(words));
    if (document.querySelector("#results li")) found += 1;
  }
  return { ready, times, found };
}`;

async function search(folder: string, queries: readonly string[]): Promise<Searched | string> {
  const { browser, why } = await openBrowser();
  if (browser === null) return why;
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    return (await page.evaluate(`(${SEARCH_IN_PAGE})(${JSON.stringify(queries)})`)) as Searched;
  } finally {
    await browser.close();
  }
}

/** Lines of the bench: writing the site, its largest page, and searching it in a browser. */
export async function ofSite() {
  const folder = mkdtempSync(join(tmpdir(), "jiheng-bench-site-"));
  try {
    const { clock, files, bytes, largest, names, forms } = writeSite(folder);
    const memory = Math.round(process.resourceUsage().maxRSS / 1024);
    const queries = queriesOf(names);
    const searched = await search(folder, queries);
    const what = `searching ${forms} forms in a browser, from the key to the drawn list`;
    const goal = `≤ ${SEARCH_GOAL} ms`;
    const written = {
      what: `the site of ${DEPARTMENTS} departments, ${forms} forms, scored and written to a disk`,
      value: `${(clock / 1000).toFixed(1)} s`,
      beside: `${files} files, ${(bytes / 1e6).toFixed(0)} MB; ${(clock / forms).toFixed(1)} ms a form; ${memory} MB resident`,
      goal: `≤ ${SITE_GOAL / 1000} s`,
      met: clock <= SITE_GOAL,
    };
    const page = {
      what: "largest page of the site",
      value: `${(largest.bytes / 1000).toFixed(0)} KB`,
      beside: largest.path,
      goal: `≤ ${PAGE_GOAL / 1000} KB`,
      met: largest.bytes <= PAGE_GOAL,
    };
    if (typeof searched === "string")
      return [written, page, { what, value: "not measured", beside: searched, goal, met: null }];
    const times = [...searched.times].sort((a, b) => a - b);
    const most = times.at(-1) ?? Number.NaN;
    return [
      written,
      page,
      {
        what,
        value: `${most.toFixed(0)} ms`,
        beside: `the largest of ${times.length}, median ${median(times).toFixed(0)} ms; ${searched.found} of them found something; the first, with the index loaded, ${searched.ready.toFixed(0)} ms`,
        goal,
        met: most <= SEARCH_GOAL,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
