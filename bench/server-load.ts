// Fifty people work at once, each with a session and forms of their own, and think between two requests. The clients are autocannon:
//   node bench/server-load.ts [--users 50] [--seconds 120] [--think 2000] [--processes 2] [--data DIR] [--json]
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import autocannon from "autocannon";
import { type FilledForm, filledForms, type Staff, staffOf } from "./filled-forms.ts";
import { type InstalledServer, option, type Person, percentile, startInstalled } from "./installed-server.ts";

/** What a person can do next, and how often of a hundred times a clerk and a reviewer do it. */
const MIX = {
  list: { title: "list of forms", clerk: 20, reviewer: 30 },
  open: { title: "open a form with its review", clerk: 30, reviewer: 40 },
  workbench: { title: "workbench", clerk: 5, reviewer: 5 },
  overview: { title: "overview of the body", clerk: 2, reviewer: 12 },
  search: { title: "search for a project", clerk: 8, reviewer: 8 },
  library: { title: "search for an indicator", clerk: 5, reviewer: 5 },
  save: { title: "save a cell", clerk: 22, reviewer: 0 },
  submit: { title: "submit with full review", clerk: 8, reviewer: 0 },
  withdraw: { title: "withdraw, to submit again", clerk: 0, reviewer: 0 },
} as const;

/** One of them. */
type Action = keyof typeof MIX;

const READS: readonly Action[] = ["list", "open", "workbench", "overview", "search", "library"];
const WORDS = ["服务", "维护", "gc", "建设", "xm", "演练", "补助"];
const INDICATORS = ["满意度", "完成率", "myd", "数量", "及时"];

/** How long and how hard. Milliseconds. */
export interface LoadOptions {
  readonly apis: readonly string[];
  readonly seconds: number;
  /** Think time in the middle: each is drawn between a quarter and seven quarters of it. */
  readonly think: number;
  /** Seconds at the beginning that are not counted: programs are compiled and caches filled. */
  readonly warm: number;
  readonly chance?: () => number;
}

/** Times to answer of each action in milliseconds, and what was answered otherwise than with success. */
export interface LoadResult {
  readonly times: Readonly<Record<Action, readonly number[]>>;
  readonly failures: readonly string[];
  readonly requests: number;
  readonly seconds: number;
}

interface Desk {
  readonly person: Person;
  readonly body: string;
  readonly forms: readonly { readonly id: string; etag: string; isSubmitted: boolean }[];
}

/** The clerks with their forms, then reviewers and, last, the finance officer, who look at what others wrote. */
function desksOf({ clerks, departments, finance, root }: Staff, forms: readonly FilledForm[]): Desk[] {
  const all = forms.map(({ id, etag }) => ({ id, etag, isSubmitted: false }));
  return [
    ...clerks.map(({ clerk, unit }) => ({
      person: clerk,
      body: unit,
      forms: forms.flatMap(({ id, etag, clerk: own }) =>
        own === clerk ? [{ id, etag, isSubmitted: false }] : [],
      ),
    })),
    ...departments.map(({ id, reviewer }) => ({ person: reviewer, body: id, forms: [] })),
    { person: finance, body: root, forms: all },
  ];
}

/** What autocannon gives to `setupClient`, with the two members that its types leave out. */
interface PacedClient extends autocannon.Client {
  _doRequest: () => void;
  readonly destroyed: boolean;
}

/** Lets everybody work for a while. */
export async function serverLoad(
  staff: Staff,
  forms: readonly FilledForm[],
  { apis, seconds, think, warm, chance = Math.random }: LoadOptions,
): Promise<LoadResult> {
  const desks = desksOf(staff, forms);
  const times = Object.fromEntries(Object.keys(MIX).map((action) => [action, [] as number[]])) as Record<
    Action,
    number[]
  >;
  const failures: string[] = [];
  const doing = new Map<autocannon.Client, Action>();
  const oneOf = <T>(items: readonly T[]): T | undefined => items[Math.floor(chance() * items.length)];
  let next = 0;

  const set = (client: autocannon.Client) => {
    const desk = desks[next++ % desks.length] as Desk;
    pace(client as PacedClient, () => think * (0.25 + 1.5 * chance()));
    const isClerk = desk.person.login.startsWith("jingban");
    // What a reviewer opens is what the list showed last.
    let listed: readonly string[] = [];
    let form: Desk["forms"][number] | undefined;
    client.setRequests([
      {
        setupRequest: (request) => {
          let action = draw(isClerk ? "clerk" : "reviewer", chance);
          if (action === "open" && !isClerk && listed.length === 0) action = "list";
          form = undefined;
          if (action === "save" || action === "submit") {
            form = oneOf(desk.forms.filter(({ isSubmitted }) => !isSubmitted));
            if (form === undefined) action = "withdraw";
          }
          if (action === "withdraw") form = oneOf(desk.forms.filter(({ isSubmitted }) => isSubmitted));
          if (action === "open" && isClerk) form = oneOf(desk.forms);
          doing.set(client, action);
          const { method, path, body } = requestOf(action, {
            ...{ year: staff.year, body: desk.body, form: form?.id ?? oneOf(listed) ?? "" },
            ...{
              word: oneOf(WORDS) ?? "",
              indicator: oneOf(INDICATORS) ?? "",
              mark: Math.floor(chance() * 1e6),
            },
          });
          return {
            ...request,
            method,
            path: `/api/v1${path}`,
            headers: {
              ...desk.person.headers,
              ...(body === undefined ? {} : { "content-type": "application/json" }),
              ...(method === "GET" ? {} : { "idempotency-key": crypto.randomUUID() }),
              ...(form && method !== "GET" ? { "if-match": form.etag } : {}),
            },
            body: body === undefined ? "" : JSON.stringify(body),
          };
        },
        onResponse: (status, body, _context, headers) => {
          const action = doing.get(client) as Action;
          if (status >= 300) {
            failures.push(`${action} ${status} ${body.slice(0, 200)}`);
            return;
          }
          const { etag } = headers as { etag?: string };
          if (form && etag) form.etag = etag;
          if (form && action === "submit") form.isSubmitted = true;
          if (form && action === "withdraw") form.isSubmitted = false;
          if (action === "list" && !isClerk) listed = startedIn(body);
        },
      },
    ]);
  };

  const countedFrom = performance.now() + warm * 1000;
  let requests = 0;
  await new Promise<autocannon.Result>((done, fail) => {
    const run = autocannon(
      {
        url: apis.map((api) => new URL(api).origin) as unknown as string,
        connections: desks.length,
        duration: warm + seconds,
        // Above the longest think time: autocannon counts the pause before a request as well.
        timeout: 60,
        setupClient: set,
      },
      (error, given) => (error ? fail(error) : done(given)),
    );
    run.on("response", (client, status, _bytes, milliseconds) => {
      if (performance.now() < countedFrom) return;
      requests += 1;
      if (status < 300) times[doing.get(client) as Action].push(milliseconds);
    });
    run.on("reqError", (error) => failures.push(`no answer: ${error.message}`));
  });
  return { times, failures, requests, seconds };
}

/** autocannon paces by whole seconds, everybody at the same tick; people pause for as long as they like. */
function pace(client: PacedClient, pause: () => number): void {
  const send = client._doRequest.bind(client);
  client._doRequest = () => {
    setTimeout(() => {
      if (!client.destroyed) send();
    }, pause());
  };
}

function draw(who: "clerk" | "reviewer", chance: () => number): Action {
  let left = chance() * 100;
  for (const [action, { [who]: share }] of Object.entries(MIX)) {
    left -= share;
    if (left < 0) return action as Action;
  }
  return "list";
}

/** The forms of a list that have been begun, so that there is something to open. */
function startedIn(body: string): string[] {
  const { items } = JSON.parse(body) as { items: readonly { id: string; revision: number }[] };
  return items.filter(({ revision }) => revision > 0).map(({ id }) => id);
}

interface Subject {
  readonly year: number;
  readonly body: string;
  readonly form: string;
  readonly word: string;
  readonly indicator: string;
  readonly mark: number;
}

function requestOf(
  action: Action,
  { year, body, form, word, indicator, mark }: Subject,
): { method: "GET" | "POST" | "PATCH"; path: string; body?: unknown } {
  switch (action) {
    case "list":
      return { method: "GET", path: `/submissions?year=${year}&kind=self-evaluation&limit=50` };
    case "open":
      return { method: "GET", path: `/submissions/${form}/form` };
    case "workbench":
      return { method: "GET", path: "/workbench" };
    case "overview":
      return { method: "GET", path: `/statistics/overview?year=${year}&organisation=${body}` };
    case "search":
      return { method: "GET", path: `/projects?q=${encodeURIComponent(word)}&limit=50` };
    case "library":
      return { method: "GET", path: `/statistics/indicators?q=${encodeURIComponent(indicator)}` };
    case "save":
      return {
        method: "PATCH",
        path: `/submissions/${form}/form`,
        body: { edits: [{ op: "set", at: "fields[联系人]", to: `经办${mark}` }] },
      };
    case "submit":
      return { method: "POST", path: `/submissions/${form}/submit`, body: {} };
    case "withdraw":
      return {
        method: "POST",
        path: `/submissions/${form}/withdraw`,
        body: { reason: "补充佐证材料" },
      };
  }
}

/** A line for each action and for all reads together: how many, median, p95, longest. */
export function linesOf({ times }: LoadResult): string[] {
  const line = (title: string, values: readonly number[]) => {
    const figures = [0.5, 0.95, 0.99, 1].map((part) => percentile(values, part).toFixed(0));
    return `| ${title} | ${values.length} | ${figures.join(" | ")} |`;
  };
  return [
    "| | requests | median ms | p95 | p99 | longest |",
    "|---|---|---|---|---|---|",
    ...Object.entries(MIX)
      .filter(([action]) => times[action as Action].length > 0)
      .map(([action, { title }]) => line(title, times[action as Action])),
    line(
      "all reads",
      READS.flatMap((action) => times[action]),
    ),
  ];
}

async function main(): Promise<void> {
  const folder = option("data", "") || mkdtempSync(join(tmpdir(), "jiheng-load-"));
  chmodSync(folder, 0o755);
  const users = Number(option("users", "50"));
  const seconds = Number(option("seconds", "120"));
  const think = Number(option("think", "2000"));
  const servers: InstalledServer[] = [];
  try {
    for (let index = 0; index < Number(option("processes", "1")); index++)
      servers.push(await startInstalled(folder));
    const apis = servers.map(({ api }) => api);
    // Of ten, eight fill in and two review.
    const reviewers = Math.round(users / 5) - 1;
    const staff = await staffOf(apis[0] ?? "", users - reviewers - 1, reviewers);
    const forms = await filledForms(staff, staff.clerks.length * 4, (words) => console.error(words));
    const result = await serverLoad(staff, forms, { apis, seconds, think, warm: 20 });
    const reads = READS.flatMap((action) => result.times[action]);
    const met =
      percentile(reads, 0.95) < 300 &&
      Math.max(...reads) < 1000 &&
      percentile(result.times.submit, 0.95) < 500;
    if (process.argv.includes("--json")) console.log(JSON.stringify(result));
    else
      console.log(
        [
          `${servers.length} process(es), ${users} users for ${seconds} s, think time ${think / 4} to ${(think * 7) / 4} ms: ${result.requests} requests, ${(result.requests / result.seconds).toFixed(1)} a second, ${result.failures.length} not done`,
          ...linesOf(result),
          ...result.failures.slice(0, 10),
        ].join("\n"),
      );
    if (!met || result.failures.length > 0) process.exitCode = 1;
  } finally {
    for (const server of servers) await server.stop();
    if (option("data", "") === "") rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
