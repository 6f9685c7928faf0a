import {
  decimal,
  type Form,
  larger,
  parseDecimal,
  rowFieldLabels,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import type { Caller } from "../../platform/work.ts";
import { assignFor, beginFor, drawFor } from "../samples/use-cases.ts";
import { decideOn, saveForm, submitLoaded } from "../submissions/index.ts";
import { actIn, formIn, type Scene } from "./scene.ts";

const SIZE = 10;
const DAY = 86_400_000;

/** How far the review of a drawn form came, in the order of drawing: what is not named is not assigned yet. */
const COURSE = ["approved", "submitted", "under-review", "draft", "issued", "own-draft", "own-submitted"];

/** The finance bureau draws a sample of the year in work; a third party and its own officer review some of it. */
export async function reviewSample(scene: Scene): Promise<void> {
  const { cast, now } = scene;
  const officer = cast.callerNamed("caizheng");
  const third = cast.callerNamed("disanfang");
  const year = now.getUTCFullYear() - 1;
  const { body: sample } = await actIn(scene, officer, 14, (work) =>
    drawFor(work, {
      year,
      organisation: cast.organisations.get("region") ?? "",
      name: `${year}年度项目支出绩效自评复核`,
      method: "random",
      size: SIZE,
      narrowing: {},
      seed: `${year}复核`,
    }),
  );
  for (const [index, { submission }] of sample.items.entries()) {
    const course = COURSE[index];
    if (course === undefined) break;
    const isOwn = course.startsWith("own-");
    const until = new Date(now.getTime() + 30 * DAY).toISOString();
    const params = { year, sample: sample.id, submission };
    const item = await actIn(scene, officer, 13, (work) =>
      assignFor(
        work,
        params,
        isOwn
          ? { account: null, until: null, due: null }
          : { account: third.actor.account, until, due: until },
      ),
    );
    const review = item.body.review ?? "";
    const reviewer = isOwn ? officer : withRightTo(third, [review, submission], until);
    if (course === "issued") continue;
    await actIn(scene, reviewer, 12, (work) => beginFor(work, review));
    if (course.endsWith("draft")) continue;
    await handIn(scene, reviewer, review, index);
    if (course !== "approved" && course !== "under-review") continue;
    const handed = await formIn(scene, review);
    const { submission: received } = await actIn(scene, officer, 9, (work) =>
      decideOn(work, handed, { type: "receive" }),
    );
    if (course === "approved")
      await actIn(scene, officer, 8, (work) =>
        decideOn(work, received, { type: "approve", opinion: "复核依据充分，同意。" }),
      );
  }
}

/** The third party with what was just given: the right is in the database, the person of the demo was made before. */
function withRightTo(caller: Caller, submissions: readonly string[], until: string): Caller {
  const { actor } = caller;
  return {
    ...caller,
    actor: { ...actor, grants: actor.grants.map((held) => ({ ...held, submissions, until })) },
  };
}

async function handIn(scene: Scene, reviewer: Caller, review: string, number: number): Promise<void> {
  const begun = await formIn(scene, review);
  if (!begun.form) throw new Error("a review sheet of the demo is empty");
  const form = withReviewedMarks(begun.form, number);
  const { submission } = await actIn(scene, reviewer, 11, (work) =>
    saveForm(work, begun, form, { kind: "whole" }),
  );
  await actIn(scene, reviewer, 10, (work) => submitLoaded(work, submission, submission.revision));
}

/** Every row keeps the unit's mark but one or two, of which a point or half a point is taken off. */
function withReviewedMarks(form: Form, number: number): Form {
  const { length } = form.indicators;
  const taken = new Map([
    [number % length, decimal(number % 2 === 0 ? "1" : "0.5")],
    [(number * 5 + 2) % length, decimal("0.5")],
  ]);
  const indicators = form.indicators.map((row, index) => {
    const own = parseDecimal(row.score);
    const less = taken.get(index) ?? decimal(0);
    return own ? { ...row, reviewScore: showDecimal(larger(subtract(own, less), decimal(0))) } : row;
  });
  const why = new Map(
    rowFieldLabels(
      "复核说明",
      form.indicators.map(({ name }) => name),
    ).flatMap((label, index) => {
      const less = taken.get(index);
      return less ? [[label, `现场核对的台账少于填报数，按比例扣${showDecimal(less)}分。`] as const] : [];
    }),
  );
  const fields = form.fields.map(({ label, text }) => ({ label, text: why.get(label) ?? text }));
  return { ...form, indicators, fields };
}
