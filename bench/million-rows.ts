// A region far larger than any there is, on a server as it is installed:
//   node bench/million-rows.ts fill --data DIR       fills an empty folder: 450,000 forms, nine million rows, some ten minutes
//   node bench/million-rows.ts measure --data DIR    overview, lists, searches and exports over HTTP, with the memory of the process
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { migrate } from "../apps/server/src/platform/database/migrate.ts";
import { MIGRATIONS } from "../apps/server/src/platform/database/migrations/index.ts";
import { hashPassword } from "../apps/server/src/platform/passwords/hash-password.ts";
import { DEFAULT_SETTINGS } from "../apps/server/src/platform/settings/settings.ts";
import { fillRegion, PROMISED, type RegionSize } from "../apps/server/test/large-region.ts";
import {
  inDatabase,
  logInAs,
  option,
  type Person,
  percentile,
  QUIET,
  startInstalled,
} from "./installed-server.ts";

const PASSWORD = "large-region-drill-1";
const MIB = 2 ** 20;

async function fill(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o755);
  const from = performance.now();
  await inDatabase(dataDir, async ({ db }) => {
    const migrated = await migrate(db, MIGRATIONS, QUIET);
    if (migrated.kind === "refused") throw new Error(migrated.message);
    const passwordHash = await hashPassword(PASSWORD, DEFAULT_SETTINGS.password);
    await fillRegion(db, PROMISED, {
      passwordHash,
      say: (words) => console.error(`${((performance.now() - from) / 1000).toFixed(0)} s: ${words}`),
    });
  });
}

/** The people of the large region and where they are. */
export interface RegionPeople {
  readonly officer: Person;
  readonly reviewer: Person;
  readonly clerk: Person;
  readonly root: string;
  readonly department: string;
  readonly unit: string;
}

/** Logs them in. */
export async function regionPeople(api: string, password: string): Promise<RegionPeople> {
  const officer = await logInAs(api, "officer", password);
  const homeOf = async (person: Person) => (await person.done("/me")).body.grants[0].organisation as string;
  const reviewer = await logInAs(api, "reviewer", password);
  const clerk = await logInAs(api, "clerk", password);
  return {
    ...{ officer, reviewer, clerk },
    root: await homeOf(officer),
    department: await homeOf(reviewer),
    unit: await homeOf(clerk),
  };
}

/** What is asked of a large region, by whom, and how fast it has to be answered; no goal where the issue names none. */
export function questionsOf(
  { officer, reviewer, clerk, root, department, unit }: RegionPeople,
  year: number,
): readonly {
  readonly title: string;
  readonly who: Person;
  readonly paths: readonly string[];
  readonly goal?: number;
}[] {
  const q = (words: readonly string[], path: (word: string) => string) =>
    words.map((word) => path(encodeURIComponent(word)));
  // Frequent and rare ones, by characters, initials and code; one that is nowhere.
  const projects = ["改造", "ncgl", "服务", "老旧小区", "P77", "航天"];
  const indicators = ["满意度", "myd", "成本", "合格率", "第2片", "航天"];
  const overview = (id: string) => `/statistics/overview?year=${year}&organisation=${id}`;
  const list = `/submissions?year=${year}&kind=self-evaluation`;
  const pages = [`${list}&limit=50`, `${list}&sort=risk&limit=50`, `${list}&state=submitted&limit=50`];
  return [
    { title: "overview of a department", who: reviewer, paths: [overview(department)], goal: 300 },
    { title: "overview of a unit", who: clerk, paths: [overview(unit)] },
    { title: "overview of the region", who: officer, paths: [overview(root)] },
    {
      title: "search for projects",
      who: officer,
      paths: q(projects, (word) => `/projects?q=${word}`),
      goal: 300,
    },
    {
      title: "search for projects, by a clerk",
      who: clerk,
      paths: q(projects, (word) => `/projects?q=${word}`),
      goal: 300,
    },
    {
      title: "search for indicators",
      who: officer,
      paths: q(indicators, (word) => `/statistics/indicators?q=${word}`),
      goal: 300,
    },
    { title: "list of forms, finance bureau", who: officer, paths: pages },
    { title: "list of forms, department", who: reviewer, paths: pages },
    { title: "workbench, finance bureau", who: officer, paths: ["/workbench"] },
    { title: "workbench, clerk", who: clerk, paths: ["/workbench"] },
  ];
}

/** What a streamed export was: its size, its time and, where a process is given, its resident memory as it went on. */
export interface ExportSeen {
  readonly lines: number;
  readonly bytes: number;
  readonly seconds: number;
  /** MiB: before, at a tenth, half and nine tenths of the way, and the most there was. */
  readonly memory: readonly number[];
}

/** Downloads an export to its end, counting its lines. */
export async function seenExport(
  person: Person,
  address: string,
  memory: () => number = () => 0,
): Promise<ExportSeen> {
  const samples = [memory()];
  const sampling = setInterval(() => samples.push(memory()), 100);
  const from = performance.now();
  try {
    const answer = await fetch(address, { headers: person.headers });
    if (!answer.ok || !answer.body) throw new Error(`the export was answered ${answer.status}`);
    let lines = 0;
    let bytes = 0;
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
    const at = (part: number) => samples[Math.floor((samples.length - 1) * part)] ?? 0;
    return {
      ...{ lines, bytes, seconds: (performance.now() - from) / 1000 },
      memory: [samples[0] ?? 0, at(0.1), at(0.5), at(0.9), Math.max(...samples)],
    };
  } finally {
    clearInterval(sampling);
  }
}

/** Resident memory of a process in MiB. */
function residentOf(pid: number): number {
  const [, kib = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kib) / 1024);
}

async function measure(dataDir: string, size: RegionSize): Promise<void> {
  const server = await startInstalled(dataDir, { demo: false });
  try {
    const people = await regionPeople(server.api, PASSWORD);
    const year = size.years.at(-1) ?? 0;
    console.log("| | asked | median ms | p95 | longest | goal |\n|---|---|---|---|---|---|");
    const firsts: { readonly title: string; readonly time: number }[] = [];
    for (const { title, who, paths, goal } of questionsOf(people, year)) {
      const times: number[] = [];
      for (const path of paths)
        for (let round = -1; round < 20; round++) {
          const from = performance.now();
          await who.done(path);
          // The first time pages are read from the disk; it is not hidden, but told by itself.
          if (round < 0) firsts.push({ title, time: performance.now() - from });
          else times.push(performance.now() - from);
        }
      const p95 = percentile(times, 0.95);
      if (goal !== undefined && p95 > goal) process.exitCode = 1;
      const figures = [percentile(times, 0.5), p95, Math.max(...times)].map((each) => each.toFixed(0));
      console.log(`| ${title} | ${times.length} | ${figures.join(" | ")} | ${goal ? `≤ ${goal}` : ""} |`);
    }
    const slowest = firsts.sort((one, other) => other.time - one.time).slice(0, 3);
    console.log(
      `\nfirst time after the start, the slowest: ${slowest.map(({ title, time }) => `${title} ${time.toFixed(0)} ms`).join(", ")}`,
    );
    const pid = server.child.pid ?? 0;
    const memory = () => residentOf(pid);
    console.log(
      "\n| export | lines | MiB | s | memory before, at 10, 50, 90 %, most (MiB) |\n|---|---|---|---|---|",
    );
    for (const [name, of] of size.years.flatMap((each) => [
      ["forms.jsonl", each] as const,
      ["rows.csv", each] as const,
    ])) {
      await sleep(2_000);
      const address = `${server.api}/exports/${name}?year=${of}&organisation=${people.root}`;
      const seen = await seenExport(people.officer, address, memory);
      if (seen.seconds > 60) process.exitCode = 1;
      console.log(
        `| ${name} ${of} | ${seen.lines} | ${(seen.bytes / MIB).toFixed(0)} | ${seen.seconds.toFixed(1)} | ${seen.memory.join(", ")} |`,
      );
    }
  } finally {
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = option("data", "");
  if (folder === "" || !["fill", "measure"].includes(process.argv[2] ?? ""))
    throw new Error("fill or measure, and --data DIR");
  if (process.argv[2] === "fill") await fill(folder);
  else await measure(folder, PROMISED);
}
