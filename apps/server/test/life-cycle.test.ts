import { createHash } from "node:crypto";
import {
  approveSubmission,
  archiveSubmission,
  cancelReview,
  compareRevisions,
  decideInBulk,
  downloadScan,
  downloadVersion,
  getForm,
  getHistory,
  getIndicatorTimeline,
  getProject,
  getSubmission,
  issueSubmission,
  justifyFinding,
  listJustifications,
  listSubmissions,
  listVersions,
  openSubmission,
  publishSubmission,
  receiveSubmission,
  returnSubmission,
  sealVersion,
  startSubmission,
  submitSubmission,
  unlockSubmission,
  withdrawSubmission,
  withholdSubmission,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { SERVERS, testDatabase } from "./database.ts";
import {
  approvedDeclaration,
  filledEvaluation,
  formOf,
  matter,
  newProject,
  passDesks,
  type SixPeople,
  setCell,
  sixPeople,
} from "./life-cycle-steps.ts";

const YEAR = 2025;
let server: TestServer;
let people: SixPeople;

describe.each(SERVERS.filter(({ skip }) => !skip))("$title", ({ server: which }) => {
  beforeAll(async () => {
    server = await testServer({ database: await testDatabase(which) });
    people = await sixPeople(server);
  });

  afterAll(async () => {
    await server.close();
  });

  test("six people carry a project from its targets to publication", async () => {
    const { clerk, secondClerk, head, department, finance, publication } = people;
    const project = await newProject(clerk, server);
    const { evaluation, declaration } = matter(11, YEAR);

    const declared = await approvedDeclaration(people, project, YEAR, declaration);
    const targets = await formOf(clerk, declared);
    const first = targets.indicators[0];
    if (!first) throw new Error("no row");

    // The approved targets are adjusted: a form of its own, the old one stays as it was.
    const adjusted = await clerk.done(openSubmission, {
      body: { year: YEAR, kind: "adjustment", project, from: "approved-targets" },
    });
    const adjustment = adjusted.body.submission.id;
    expect(adjusted.body.submission.basis).toBe(declared);
    const lowered = await setCell(
      clerk,
      adjustment,
      adjusted.revision,
      `indicators[${first.id}].target`,
      "≥1",
    );
    expect(lowered.status).toBe(200);
    const handedIn = await clerk.call(submitSubmission, {
      params: { submission: adjustment },
      body: {},
      ifMatch: lowered.revision,
    });
    expect(handedIn.problem).toBeNull();
    await passDesks(adjustment, [head, department, finance]);

    // Monitoring in July rests on the adjusted targets.
    const monitored = await department.done(issueSubmission, {
      body: { year: YEAR, kind: "monitoring", project, month: 7, due: "2099-08-31T10:00:00Z" },
    });
    const monitoring = monitored.body.id;
    const watching = await clerk.done(startSubmission, {
      params: { submission: monitoring },
      body: { from: "approved-targets" },
    });
    expect(watching.body.submission.basis).toBe(adjustment);
    const progress = await setCell(
      clerk,
      monitoring,
      watching.revision,
      `indicators[${first.id}].actual`,
      "1",
    );
    const sent = await clerk.call(submitSubmission, {
      params: { submission: monitoring },
      body: {},
      ifMatch: progress.revision,
    });
    expect(sent.problem).toBeNull();
    await passDesks(monitoring, [head, department]);

    // The self-evaluation.
    const issued = await department.done(issueSubmission, {
      body: { year: YEAR, kind: "self-evaluation", project, due: "2099-02-28T10:00:00Z" },
    });
    const submission = issued.body.id;
    const revision = await filledEvaluation(clerk, submission, evaluation);
    const form = await clerk.done(getForm, { params: { submission } });
    expect(form.body.submission.basis).toBe(adjustment);
    expect(form.body.review?.revision).toBe(revision);
    expect(form.body.review?.findings.filter(({ force }) => force === "must")).toEqual([]);

    // A total that is not the sum of its rows: a second clerk types it, and it keeps the form from being handed in.
    const right = form.body.form?.totalScore ?? null;
    const wrong = await setCell(secondClerk, submission, revision, "totalScore", "61.5");
    expect(wrong.body.review.findings.filter(({ force }) => force === "must").length).toBeGreaterThan(0);
    const blocked = await clerk.call(submitSubmission, {
      params: { submission },
      body: {},
      ifMatch: wrong.revision,
    });
    expect(blocked.status).toBe(422);
    expect(blocked.problem?.code).toBe("blocked-by-findings");
    expect(blocked.problem?.errors?.every(({ fingerprint, says }) => fingerprint && says)).toBe(true);

    // A named person justifies every one of them; then other figures make that void, with the reason.
    for (const { fingerprint } of blocked.problem?.errors ?? [])
      await head.done(justifyFinding, {
        params: { submission },
        body: { fingerprint: fingerprint ?? "", reason: "附表另有加分，已由单位集体研究。" },
      });
    const others = await setCell(clerk, submission, wrong.revision, "totalScore", "62.5");
    expect(others.body.retracted.length).toBeGreaterThan(0);
    expect(others.body.retracted.every(({ why }) => why === "figures-changed")).toBe(true);
    const stale = await clerk.call(submitSubmission, {
      params: { submission },
      body: {},
      ifMatch: others.revision,
    });
    expect(stale.problem?.code).toBe("stale-justification");
    const said = await clerk.done(listJustifications, { params: { submission } });
    expect(said.body.justifications.some(({ retractedWhy }) => retractedWhy === "figures-changed")).toBe(
      true,
    );

    const put = await setCell(clerk, submission, others.revision, "totalScore", right);
    const submitted = await clerk.done(submitSubmission, {
      params: { submission },
      body: {},
      ifMatch: put.revision,
    });
    expect(submitted.body.submission.standing).toBe("已送审（单位）");
    const editAfterwards = await setCell(clerk, submission, put.revision, "totalScore", "1");
    expect(editAfterwards.problem?.code).toBe("wrong-state");

    // The head passes it on; the department sends it back for a finding, and it comes again.
    await passDesks(submission, [head]);
    await department.done(receiveSubmission, { params: { submission }, body: {} });
    const noReason = await department.call(returnSubmission, {
      params: { submission },
      body: { reason: " ", findings: [] },
    });
    expect(noReason.status).toBe(400);
    const hint = form.body.review?.findings[0]?.fingerprint;
    await department.done(returnSubmission, {
      params: { submission },
      body: { reason: "请补充数量指标的佐证。", findings: hint ? [hint] : [] },
    });
    const returned = await clerk.done(getSubmission, { params: { submission } });
    expect(returned.body).toMatchObject({ state: "returned", returnReason: "请补充数量指标的佐证。" });
    const mended = await setCell(clerk, submission, put.revision, "deviation", "已补充佐证材料目录。");
    await clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: mended.revision });
    await passDesks(submission, [head, department]);

    // Publication, and its undoing in order.
    const early = await publication.call(publishSubmission, { params: { submission: monitoring }, body: {} });
    expect(early.status).toBe(403);
    await publication.done(withholdSubmission, { params: { submission }, body: { reason: "先核对附件。" } });
    const published = await publication.done(publishSubmission, { params: { submission }, body: {} });
    expect(published.body.submission).toMatchObject({ state: "published", withheldReason: null });
    const locked = await department.call(unlockSubmission, {
      params: { submission },
      body: { reason: "发现差错" },
    });
    expect(locked.problem?.code).toBe("wrong-state");

    // Targets, adjustment, monitoring, result, publication: one identity.
    const timeline = await finance.done(getIndicatorTimeline, { params: { indicator: first.id } });
    expect(timeline.body.items.map(({ stage, target }) => [stage, target])).toEqual([
      ["declared", first.target.text],
      ["adjusted", "≥1"],
      ["monitored", "≥1"],
      ["reported", evaluation.indicators[0]?.target.text],
      ["published", evaluation.indicators[0]?.target.text],
    ]);
    const page = await finance.done(getProject, { params: { project } });
    expect(page.body.submissions).toHaveLength(4);
    expect(page.body.inForce).toEqual([{ year: YEAR, submission: adjustment, kind: "adjustment" }]);

    // What stood at each decision is kept, to the byte; the old targets too.
    const old = await clerk.done(listVersions, { params: { submission: declared } });
    expect(old.body.versions.map(({ reason }) => reason)).toEqual(["superseded", "approved", "submitted"]);
    const versions = await clerk.done(listVersions, { params: { submission } });
    expect(versions.body.versions.map(({ reason }) => reason)).toEqual([
      "approved",
      "submitted",
      "submitted",
    ]);
    const version = versions.body.versions[0];
    if (!version) throw new Error("no version");
    const file = await clerk.done(downloadVersion, { params: { submission, version: version.id } });
    expect(createHash("sha256").update(file.bytes).digest("hex")).toBe(version.sha256);

    const history = await clerk.done(getHistory, { params: { submission }, query: { limit: "100" } });
    expect(history.body.items.map(({ type }) => type)).toContain("submission.returned");
    expect(history.body.items.at(-1)?.type).toBe("submission.issued");
    const difference = await clerk.done(compareRevisions, {
      params: { submission },
      query: { from: String(wrong.revision), to: String(mended.revision) },
    });
    expect(difference.body.cells.map(({ at }) => at).sort()).toEqual(["deviation", "totalScore"]);
    expect(server.faults).toEqual([]);
  });

  test("nobody approves what they entered, and nobody knows of what is not theirs", async () => {
    const { clerk, department, head } = people;
    const unit = server.home.departments[0].units[0]?.id ?? "";
    const both = await server.asAccount(
      await server.addAccount("clerk-and-head", [
        { role: "clerk", organisation: unit },
        { role: "unit-head", organisation: unit },
      ]),
    );
    const project = await newProject(clerk, server, "机井改造");
    const { declaration } = matter(12, YEAR);
    const opened = await both.done(openSubmission, {
      body: { year: YEAR, kind: "target-declaration", project, from: "blank" },
    });
    const submission = opened.body.submission.id;
    const saved = await setCell(
      both,
      submission,
      opened.revision,
      "goal.expected",
      declaration.goal.expected,
    );
    const sent = await both.call(submitSubmission, {
      params: { submission },
      body: {},
      ifMatch: saved.revision,
    });
    // A blank declaration has what must be put right; all of it is justified here to get on.
    for (const { fingerprint } of sent.problem?.errors ?? [])
      await both.done(justifyFinding, {
        params: { submission },
        body: { fingerprint: fingerprint ?? "", reason: "测试流程用。" },
      });
    if (sent.problem)
      await both.done(submitSubmission, { params: { submission }, body: {}, ifMatch: saved.revision });
    await both.done(receiveSubmission, { params: { submission }, body: {} });
    const own = await both.call(approveSubmission, { params: { submission }, body: { opinion: null } });
    expect(own.problem?.code).toBe("own-work");
    expect(own.problem?.detail).not.toBe("");
    await head.done(approveSubmission, { params: { submission }, body: { opinion: "同意" } });

    const elsewhere = server.home.departments[0].units[1]?.id ?? "";
    const stranger = await server.asAccount(
      await server.addAccount("stranger", [{ role: "clerk", organisation: elsewhere }]),
    );
    const abroad = await server.asAccount(server.other.accounts["finance-officer"]);
    for (const other of [stranger, abroad]) {
      for (const endpoint of [getForm, getSubmission, getHistory, listVersions])
        expect((await other.call(endpoint as typeof getForm, { params: { submission } })).problem?.code).toBe(
          "not-found",
        );
      expect((await other.call(receiveSubmission, { params: { submission }, body: {} })).status).toBe(404);
      expect((await other.call(getProject, { params: { project } })).problem?.code).toBe("not-found");
      const list = await other.done(listSubmissions, { query: { limit: "200" } });
      expect(list.body.items.map(({ id }) => id)).not.toContain(submission);
    }
    const bulk = await department.done(decideInBulk, {
      body: { command: "receive", submissions: [submission, project], reason: null },
    });
    expect(bulk.body.items.map(({ outcome, code }) => [outcome, code])).toEqual([
      ["done", null],
      ["refused", "not-found"],
    ]);
  });

  test("what was handed in is taken back by its author, and approvals are lifted in order", async () => {
    const { clerk, head, department, finance } = people;
    const project = await newProject(clerk, server, "闸门检修");
    const submission = await approvedDeclaration(people, project, YEAR, matter(14, YEAR).declaration);
    const params = { submission };
    const unlock = (person: typeof clerk) =>
      person.call(unlockSubmission, { params, body: { reason: "目标须调低" } });
    const standing = async () => (await clerk.done(getSubmission, { params })).body.standing;

    // From the last desk backwards; nobody skips one.
    expect((await unlock(department)).problem?.code).toBe("not-allowed");
    expect((await unlock(finance)).status).toBe(200);
    expect(await standing()).toBe("取消审核（主管部门）");
    expect((await unlock(head)).problem?.code).toBe("not-allowed");
    expect((await unlock(department)).status).toBe(200);
    expect((await unlock(head)).status).toBe(200);
    const open = await clerk.done(getForm, { params });
    expect(open.body.submission).toMatchObject({
      state: "returned",
      returnReason: "目标须调低",
      approvedAt: null,
    });

    const saved = await setCell(
      clerk,
      submission,
      open.revision,
      "goal.expected",
      "全部闸门完成检修并通过验收。",
    );
    await clerk.done(submitSubmission, { params, body: {}, ifMatch: saved.revision });
    await clerk.done(withdrawSubmission, { params, body: { reason: null } });
    const drafted = await setCell(
      clerk,
      submission,
      saved.revision,
      "goal.expected",
      "全部闸门完成检修，验收合格。",
    );
    expect(drafted.body.submission.state).toBe("draft");
    await clerk.done(submitSubmission, { params, body: {}, ifMatch: drafted.revision });
    await passDesks(submission, [head]);
    expect((await clerk.call(withdrawSubmission, { params, body: { reason: null } })).status).toBe(403);
    await head.done(cancelReview, { params, body: { reason: "漏看一处" } });
    expect(await standing()).toBe("取消审核（单位）");
    await head.done(approveSubmission, { params, body: { opinion: null } });
    await passDesks(submission, [department, finance]);
    await finance.done(archiveSubmission, { params, body: {} });
    for (const endpoint of [receiveSubmission, archiveSubmission])
      expect((await finance.call(endpoint, { params, body: {} })).problem?.code).toBe("wrong-state");
    expect((await clerk.done(listVersions, { params })).body.versions.map(({ reason }) => reason)).toEqual([
      "approved",
      "submitted",
      "submitted",
      "approved",
      "submitted",
    ]);
  });

  test("a sealed scan is bound to the hash of its version", async () => {
    const { clerk } = people;
    const project = await newProject(clerk, server, "水表更换");
    const submission = await approvedDeclaration(people, project, YEAR, matter(13, YEAR).declaration);
    const { body } = await clerk.done(listVersions, { params: { submission } });
    const version = body.versions[0];
    if (!version) throw new Error("no version");
    const params = { submission, version: version.id };
    const pdf = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(64, 32)]);
    const seal = (bytes: Buffer, name: string, sha256 = version.sha256) =>
      clerk.call(sealVersion, { params, body: { sha256 }, uploads: [{ name, bytes }] });

    const disguised = await seal(Buffer.from("<html><script>1</script></html>"), "盖章.pdf");
    expect(disguised.problem?.code).toBe("wrong-media");
    const office = await seal(Buffer.from("PK\u0003\u0004 not a scan"), "盖章.docx");
    expect(office.problem?.code).toBe("wrong-media");
    expect((await seal(pdf, "盖章.pdf", "0".repeat(64))).problem?.code).toBe("conflict");
    const sealed = await seal(pdf, "盖章.pdf");
    expect(sealed.body.scan?.sha256).toBe(createHash("sha256").update(pdf).digest("hex"));
    expect((await seal(pdf, "盖章.pdf")).problem?.code).toBe("already-exists");
    const scan = await clerk.done(downloadScan, { params });
    expect(scan.bytes.equals(pdf)).toBe(true);
    const again = await clerk.done(listVersions, { params: { submission } });
    expect(again.body.versions[0]?.sha256).toBe(version.sha256);
  });
});
