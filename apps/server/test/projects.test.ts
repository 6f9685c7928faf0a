import {
  carryOverProject,
  changeProject,
  createCall,
  createProject,
  getIndicatorTimeline,
  getProject,
  getProjectRows,
  issueSubmission,
  listProjects,
  openSubmission,
  recordPlaceholder,
  startSubmission,
} from "@jiheng/contract/http";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { issueSubmission as issueInside, saveForm } from "../src/features/submissions/index.ts";
import { newId } from "../src/platform/ids.ts";
import { searchTerms } from "../src/platform/search-terms.ts";
import { carryOut } from "../src/platform/work.ts";
import { type TestServer, testServer } from "./client.ts";
import {
  approvedDeclaration,
  formOf,
  matter,
  newProject,
  type SixPeople,
  sixPeople,
} from "./life-cycle-steps.ts";

const YEAR = 2025;
let server: TestServer;
let people: SixPeople;
let unit: string;

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
  unit = server.home.departments[0].units[0]?.id ?? "";
});

afterAll(async () => {
  await server.close();
});

test("a project is found by its name, a part of it, its initials and its code", async () => {
  const { clerk } = people;
  const made = await clerk.done(createProject, {
    body: { name: "青川区中小学饮水安全提升工程", code: "QC-2025-017", unit },
  });
  await clerk.done(createProject, { body: { name: "乡镇卫生院设备更新", unit } });
  for (const q of ["饮水安全", "饮", "ysaq", "QC-2025-017", "青川区 中小学"]) {
    const { body } = await clerk.done(listProjects, { query: { q } });
    expect(
      body.items.map(({ id }) => id),
      q,
    ).toEqual([made.body.id]);
  }
  for (const q of ["饮水机", "zzzz", "！！"])
    expect((await clerk.done(listProjects, { query: { q } })).body.items).toEqual([]);
  const twice = await clerk.call(createProject, { body: { name: "另一个", code: "QC-2025-017", unit } });
  expect(twice.problem?.code).toBe("already-exists");
});

test("a project is made and changed by whoever manages it, and what changed is recorded", async () => {
  const { clerk, department, publication } = people;
  const elsewhere = server.home.departments[1].units[0]?.id ?? "";
  const far = await clerk.call(createProject, { body: { name: "不是我的", unit: elsewhere } });
  expect(far.problem?.code).toBe("out-of-scope");
  const ofRegion = await people.finance.call(createProject, {
    body: { name: "悬空", unit: server.home.root.id },
  });
  expect(ofRegion.problem?.code).toBe("invalid-input");
  expect((await publication.call(createProject, { body: { name: "不归我管", unit } })).problem?.code).toBe(
    "not-allowed",
  );

  const id = await newProject(clerk, server, "泵站检修");
  const other = server.home.departments[0].units[1]?.id ?? "";
  const moved = await department.done(changeProject, {
    params: { project: id },
    body: { unit: other, name: "泵站检修（二期）" },
  });
  expect(moved.body).toMatchObject({ unit: other, name: "泵站检修（二期）" });
  expect(
    (await department.done(listProjects, { query: { q: "二期" } })).body.items.map((row) => row.id),
  ).toContain(id);
  // It is the other unit's now.
  expect(
    (await clerk.call(changeProject, { params: { project: id }, body: { name: "x" } })).problem?.code,
  ).toBe("not-found");
  const events = await server.platform.db
    .selectFrom("event")
    .select(["type", "body"])
    .where("subject", "=", id)
    .orderBy("seq")
    .execute();
  expect(events.map(({ type }) => type)).toEqual(["project.created", "project.changed"]);
  expect(JSON.parse(events[1]?.body ?? "").changes).toContainEqual({
    at: "name",
    from: "泵站检修",
    to: "泵站检修（二期）",
  });
});

test("of a classified project there is a placeholder with its reason, and no form ever", async () => {
  const { clerk, department, finance } = people;
  const silent = await department.call(recordPlaceholder, { body: { unit, reason: " " } });
  expect(silent.status).toBe(400);
  expect((await clerk.call(recordPlaceholder, { body: { unit, reason: "按保密规定" } })).problem?.code).toBe(
    "not-allowed",
  );
  const made = await department.done(recordPlaceholder, { body: { unit, reason: "按保密规定不纳入系统。" } });
  const project = made.body.id;
  expect(made.body).toMatchObject({ code: null, placeholderReason: "按保密规定不纳入系统。" });
  const listed = await finance.done(listProjects, { query: { only: "placeholders" } });
  expect(listed.body.items.map(({ id }) => id)).toEqual([project]);
  const withForms = await finance.done(listProjects, { query: { year: String(YEAR) } });
  expect(withForms.body.items.map(({ id }) => id)).not.toContain(project);
  expect((await finance.done(listProjects, { query: { year: "2001" } })).body.items).toEqual([]);

  const issued = await department.call(issueSubmission, {
    body: { year: YEAR, kind: "self-evaluation", project },
  });
  expect(issued.problem?.code).toBe("classified");
  const opened = await clerk.call(openSubmission, {
    body: { year: YEAR, kind: "target-declaration", project },
  });
  expect(opened.problem?.code).toBe("classified");
  const changed = await department.call(changeProject, { params: { project }, body: { name: "露出名称" } });
  expect(changed.problem?.code).toBe("classified");
  const carried = await department.call(carryOverProject, {
    params: { project },
    body: { toYear: YEAR + 1 },
  });
  expect(carried.problem?.code).toBe("classified");
  const called = await department.done(createCall, {
    body: {
      year: YEAR,
      kind: "self-evaluation",
      scope: unit,
      title: "2025年自评",
      due: "2099-01-01T00:00:00Z",
    },
  });
  expect(called.body.placeholders).toBe(1);

  // Nor from within: neither made nor, should a row stand there by other means, filled.
  const actor = { account: server.home.accounts.clerk.id, name: "clerk", grants: [], recused: [] };
  const inside = await carryOut(server.platform, { region: "test", actor, scopes: null }, (work) =>
    issueInside(work, { year: YEAR, kind: "review", project, due: null }),
  );
  expect(inside).toMatchObject({ kind: "refused", code: "classified" });
  const forged = await carryOut(server.platform, { region: "test", actor, scopes: null }, (work) =>
    saveForm(
      work,
      { placeholder_reason: "按保密规定不纳入系统。" } as Parameters<typeof saveForm>[1],
      matter(1, YEAR).evaluation,
      { kind: "whole" },
    ),
  );
  expect(forged).toMatchObject({ kind: "refused", code: "classified" });
  const count = await server.platform.db
    .selectFrom("submission")
    .select((build) => build.fn.countAll().as("count"))
    .where("project", "=", project)
    .executeTakeFirstOrThrow();
  expect(Number(count.count)).toBe(0);
});

test("a carried-over project and its rows of last year", async () => {
  const { clerk, department } = people;
  const project = await newProject(clerk, server, "河道清淤");
  const { declaration } = matter(51, YEAR);
  const declared = await approvedDeclaration(people, project, YEAR, declaration);
  const targets = await formOf(clerk, declared);
  await clerk.done(carryOverProject, { params: { project }, body: { toYear: YEAR + 1, reason: "汛期停工" } });
  const twice = await clerk.call(carryOverProject, { params: { project }, body: { toYear: YEAR + 1 } });
  expect(twice.problem?.code).toBe("already-exists");
  const next = await clerk.done(openSubmission, {
    body: { year: YEAR + 1, kind: "target-declaration", project, from: "previous-year" },
  });
  expect(next.body.submission.isCarriedOver).toBe(true);
  expect(next.body.form.indicators.map(({ id }) => id)).toEqual(targets.indicators.map(({ id }) => id));
  const page = await department.done(getProject, { params: { project } });
  expect(page.body.submissions.map(({ year }) => year)).toEqual([YEAR + 1, YEAR]);
  const ofYear = await department.done(listProjects, { query: { year: String(YEAR + 1) } });
  expect(ofYear.body.items.map(({ id }) => id)).toEqual([project]);
  expect(page.body.carriedOver).toMatchObject([{ toYear: YEAR + 1, reason: "汛期停工" }]);
  const rows = await clerk.done(getProjectRows, {
    params: { project },
    query: { year: String(YEAR), kind: "target-declaration" },
  });
  expect(rows.body.rows.map(({ indicator }) => indicator)).toEqual(targets.indicators.map(({ id }) => id));
  expect(rows.body.rows.map(({ target }) => target)).toEqual(
    targets.indicators.map(({ target }) => target.text),
  );
  const timeline = await clerk.done(getIndicatorTimeline, {
    params: { indicator: targets.indicators[0]?.id ?? "" },
  });
  expect(timeline.body.items.map(({ year, stage }) => [year, stage])).toEqual([
    [YEAR, "declared"],
    [YEAR + 1, "declared"],
  ]);
  // Whoever sees only what is decided does not see next year's draft on the line.
  const published = await people.publication.done(getIndicatorTimeline, {
    params: { indicator: targets.indicators[0]?.id ?? "" },
  });
  expect(published.body.items.map(({ year }) => year)).toEqual([YEAR]);
});

test("the library is paged without a gap, within everybody's reach", async () => {
  const { finance, clerk } = people;
  const { db } = server.platform;
  const [other] = server.home.departments[1].units;
  await db
    .insertInto("project")
    .values(
      Array.from({ length: 150 }, (_, index) => {
        const name = `文化活动第${String(index).padStart(3, "0")}场`;
        return {
          ...{
            region: "test",
            id: newId(),
            department: server.home.departments[1].id,
            unit: other?.id ?? "",
            name,
          },
          ...{
            code: null,
            search: searchTerms(name),
            placeholder_reason: null,
            parent: null,
            created_at: new Date(),
          },
        };
      }),
    )
    .execute();
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const { body } = await finance.done(listProjects, {
      query: { q: "文化活动", limit: "40", ...(after === undefined ? {} : { after }) },
    });
    found.push(...body.items.map(({ name }) => name));
    if (body.next === null) break;
    after = body.next;
  }
  expect(found).toHaveLength(150);
  expect(new Set(found).size).toBe(150);
  expect((await clerk.done(listProjects, { query: { q: "文化活动" } })).body.items).toEqual([]);
  expect((await people.clerk.call(listProjects, { query: { after: "e30" } })).problem?.code).toBe(
    "invalid-input",
  );
  const started = await clerk.call(startSubmission, {
    params: { submission: newId() },
    body: { from: "blank" },
  });
  expect(started.problem?.code).toBe("not-found");
  expect(server.faults).toEqual([]);
});

test("what thousands have in their names is paged in the order of names, like what few have", async () => {
  const { home, platform, as } = server;
  const department = home.departments[1];
  const terms = searchTerms("排水");
  await sql`insert into project (region, id, department, unit, name, search, created_at)
    select ${home.region}, gen_random_uuid(), ${department.id}, ${department.units[0]?.id}, 'N' || lpad((n * 11 % 2100)::text, 4, '0'),
      ${terms}::text[] || case when n % 700 = 0 then array['罕'] else array[]::text[] end, now()
    from generate_series(1, 2100) n`.execute(platform.db);
  const officer = await as("finance-officer");
  const namesOf = async (q: string) => {
    const first = await officer.done(listProjects, { query: { q, limit: "2" } });
    const next = await officer.done(listProjects, { query: { q, limit: "2", after: first.body.next ?? "" } });
    return [...first.body.items, ...next.body.items].map(({ name }) => name);
  };
  expect(await namesOf("排水")).toEqual(["N0000", "N0001", "N0002", "N0003"]);
  expect(await namesOf("ps")).toEqual(["N0000", "N0001", "N0002", "N0003"]);
  expect(await namesOf("罕")).toEqual(["N0000", "N0700", "N1400"]);
});
