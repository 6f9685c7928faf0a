import { fillBlanks, selectPolicy } from "@jiheng/scoring";
import { addressOf, applyEdits, type Edit } from "@jiheng/workflow";
import { createFor } from "../projects/use-cases.ts";
import { makeFor } from "../rollups/use-cases.ts";
import { decideOn, justifyFindingOf, reviewAgain, saveForm, submitLoaded } from "../submissions/index.ts";
import { actIn, formIn, type Scene } from "./scene.ts";

const DEPARTMENT = "d0";
const MOST = 4;
const CHOICES = {
  ...{
    points: "equal" as const,
    weights: {},
    merges: [],
    apart: [],
    denominators: [],
    once: [],
    strictest: [],
  },
};

/** One department rolls up its forms: those of last year are approved by now, those of the year in work are a draft. */
export async function rollUpDepartment(scene: Scene): Promise<void> {
  const { cast, now } = scene;
  const maker = cast.callerNamed("zhuguan101");
  const unit = cast.organisations.get(DEPARTMENT) ?? "";
  const { body: project } = await actIn(scene, maker, 7, (work) =>
    createFor(work, { name: "教育体育类项目汇总", code: "101-900", unit, parent: null }),
  );
  const inWork = now.getUTCFullYear() - 1;
  for (const year of [inWork - 1, inWork]) {
    const members = await decidedForms(scene, unit, year);
    // A part of the district may have too few that are decided to make a roll-up of.
    if (members.length < 2) continue;
    const { body: made } = await actIn(scene, maker, 6, (work) =>
      makeFor(work, { year, project: project.id, members, choices: CHOICES, template: "national" }),
    );
    if (year < inWork) {
      await complete(scene, made.submission);
      await approve(scene, made.submission);
    }
  }
}

async function decidedForms({ db, cast }: Scene, department: string, year: number): Promise<string[]> {
  const rows = await db
    .selectFrom("submission")
    .select("id")
    .where("region", "=", cast.region)
    .where("year", "=", year)
    .where("department", "=", department)
    .where("kind", "=", "self-evaluation")
    .where("state", "in", ["approved", "published"])
    .where("is_rollup", "=", false)
    .orderBy("project_name")
    .limit(MOST)
    .execute();
  return rows.map(({ id }) => id);
}

/** What the members leave open follows from the rest or is for the maker to mark; then the form is whole. */
async function complete(scene: Scene, id: string): Promise<void> {
  const standing = await formIn(scene, id);
  const { form } = standing;
  if (form === null) throw new Error("a roll-up of the demo has no form");
  const marked = {
    ...form,
    indicators: form.indicators.map((row) => ({ ...row, score: row.score ?? row.points })),
  };
  const edits = fillBlanks(marked, selectPolicy(marked).policy).cells.map(
    ({ at, text }): Edit => ({ op: "set", at: addressOf(marked, at), to: text }),
  );
  const filled = applyEdits(marked, edits);
  if (filled.kind === "refused") throw new Error(`a roll-up of the demo cannot be filled in: ${filled.says}`);
  await actIn(scene, scene.cast.callerNamed("zhuguan101"), 5.8, (work) =>
    saveForm(work, standing, filled.form, { kind: "whole" }),
  );
}

/** The maker hands it in, the head of the department passes it on, and another reviewer approves. */
async function approve(scene: Scene, id: string): Promise<void> {
  const maker = scene.cast.callerNamed("zhuguan101");
  const made = await formIn(scene, id);
  await actIn(scene, maker, 5.5, async (work) => {
    const examined = await reviewAgain(work, made, work.at.toISOString().slice(0, 10));
    if (examined.kind === "refused") return examined;
    for (const { force, fingerprint } of examined.value.findings) {
      if (force !== "must") continue;
      const said = await justifyFindingOf(work, id, {
        fingerprint,
        reason: "汇总时按各表原数合并，已与各单位核对。",
      });
      if (said.kind === "refused") return said;
    }
    const standing = await formIn(scene, id);
    return submitLoaded(work, standing, standing.revision);
  });
  for (const [index, login] of ["fuzeren101", "fuhe101"].entries()) {
    const desk = scene.cast.callerNamed(login);
    const received = await actIn(scene, desk, 5 - index, async (work) =>
      decideOn(work, await formIn(scene, id), { type: "receive" }),
    );
    await actIn(scene, desk, 4.5 - index, (work) =>
      decideOn(work, received.submission, { type: "approve", opinion: null }),
    );
  }
}
