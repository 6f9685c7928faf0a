import type { listReturns } from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import {
  describeAddress,
  may,
  type ReturnAnswer,
  type ReturnOpinion,
  returnOpinions,
} from "@jiheng/workflow";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { differenceBetween, type NamedChange } from "./history.ts";
import { type LoadedSubmission, type Reads, subjectOf } from "./load-submission.ts";
import { keyOf, subjectOfEvent } from "./save-form.ts";
import { eventsOfTypes, reviewOf } from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

type Answer = ReplyOf<(typeof listReturns)["answer"]>["body"];
type Round = Answer["returns"][number];

/** What is kept of a return in the log. */
interface Returned {
  readonly seq: string;
  readonly at: Date;
  readonly byName: string;
  readonly reason: string;
  readonly opinions: readonly ReturnOpinion[];
  /** The revision that was returned, and the last one before the next return: what lies between answers this return. */
  readonly from: number | null;
  readonly to: number;
  readonly resubmittedAt: Date | null;
  readonly answers: readonly Answered[];
}

interface Answered {
  readonly opinion: number;
  readonly answer: ReturnAnswer;
  readonly words: string | null;
  readonly at: Date;
  readonly byName: string;
}

/** The returns of a form, the newest first: each point with what the unit answers, what changed at its cells since, and whether the finding still stands. */
export async function returnsOf(reads: Reads, submission: LoadedSubmission): Promise<Outcome<Answer>> {
  const rounds = await returnedOf(reads, submission);
  const review = await reviewOf(reads.db, keyOf(submission));
  const found = new Set(review?.findings.map(({ fingerprint }) => fingerprint));
  const returns: Round[] = [];
  for (const [index, round] of rounds.entries()) {
    const difference =
      round.from === null ? null : await differenceBetween(reads, submission, round.from, round.to);
    if (difference?.kind === "refused") return difference;
    const changes = difference?.value ?? [];
    const told = new Set<NamedChange>();
    const opinions = round.opinions.map(({ says, finding, cells }, place): Round["opinions"][number] => {
      const here = changes.filter(({ at }) => cells.some((cell) => isAt(at, cell)));
      for (const change of here) told.add(change);
      const given = round.answers.findLast(({ opinion }) => opinion === place + 1);
      return {
        opinion: place + 1,
        says,
        cells: cells.map((at) => ({ at, title: titleOf(submission.form, at) })),
        // What is found now says nothing of what was put right in an earlier round.
        stillFound: finding === null || index > 0 || !review ? null : found.has(finding),
        answer: given
          ? { answer: given.answer, words: given.words, byName: given.byName, at: given.at.toISOString() }
          : null,
        changes: here.map((change) => ({ ...change })),
      };
    });
    returns.push({
      returned: round.seq,
      at: round.at.toISOString(),
      byName: round.byName,
      reason: round.reason,
      resubmittedAt: round.resubmittedAt?.toISOString() ?? null,
      opinions,
      otherChanges: changes.filter((change) => !told.has(change)).map((change) => ({ ...change })),
      changesKnown: difference !== null,
    });
  }
  return done({ returns });
}

/** Answers one point of the last return, in the caller's name; answered again, the last words count. */
export async function answerReturnOf(
  work: Work,
  id: string,
  body: {
    readonly returned: string;
    readonly opinion: number;
    readonly answer: ReturnAnswer;
    readonly words: string | null;
  },
): Promise<Outcome<Answer>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const submission = reached.value;
  const allowed = may(work.caller.actor, "justify", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const [last] = await returnedOf(work, submission);
  if (!last || last.seq !== body.returned)
    return refused("not-found", "这不是最近一次退回，请刷新后答复最近一次的意见。");
  if (body.opinion > last.opinions.length)
    return refused("not-found", `最近一次退回只有${last.opinions.length}条意见，请刷新后再答复。`);
  const { returned, opinion, answer, words } = body;
  if (answer === "explained" && words === null)
    return refused("reason-missing", "不改的，请写明理由。", [{ at: "body.words", says: "理由为空" }]);
  work.record(subjectOfEvent(submission), { type: "return.answered", returned, opinion, answer, words });
  const before = await returnsOf(work, submission);
  if (before.kind === "refused") return before;
  // The event is appended at the end of the transaction: what it will say is put in its place here.
  const given = { answer, words, byName: work.caller.actor.name, at: work.at.toISOString() };
  return done({
    returns: before.value.returns.map((round) =>
      round.returned === returned
        ? {
            ...round,
            opinions: round.opinions.map((each) =>
              each.opinion === opinion ? { ...each, answer: given } : each,
            ),
          }
        : round,
    ),
  });
}

/** The returns of a form as the log keeps them, the newest first. */
async function returnedOf({ db, caller }: Reads, submission: LoadedSubmission): Promise<Returned[]> {
  const events = (
    await eventsOfTypes(db, caller.region, submission.id, [
      "submission.submitted",
      "submission.returned",
      "return.answered",
    ])
  ).map((event) => ({ ...event, body: JSON.parse(event.body) as Record<string, unknown> }));
  const returns = events.filter(({ type }) => type === "submission.returned");
  return returns
    .map(({ seq, at, actor_name: byName, body }, index): Returned => {
      const next = returns[index + 1];
      const reason = String(body.reason ?? "");
      return {
        seq: seq.toString(),
        at,
        byName,
        reason,
        opinions: (body.opinions as readonly ReturnOpinion[] | undefined) ?? returnOpinions(reason, []),
        from: submittedBefore(seq),
        to: (next && submittedBefore(next.seq)) ?? submission.revision,
        resubmittedAt:
          events.find(
            (each) =>
              each.type === "submission.submitted" && each.seq > seq && (!next || each.seq < next.seq),
          )?.at ?? null,
        answers: events.flatMap((each) =>
          each.type === "return.answered" && each.body.returned === seq.toString()
            ? [{ ...(each.body as unknown as Answered), at: each.at, byName: each.actor_name }]
            : [],
        ),
      };
    })
    .reverse();

  /** Nothing is written between handing in and being returned: what was handed in last is what was returned. */
  function submittedBefore(seq: bigint): number | null {
    const last = events.findLast((each) => each.type === "submission.submitted" && each.seq < seq);
    return typeof last?.body.revision === "number" ? last.body.revision : null;
  }
}

/** Whether a change is at a cell, or within it: a finding may be about a whole row. */
function isAt(change: string, cell: string): boolean {
  return change === cell || change.startsWith(`${cell}.`) || change.startsWith(`${cell}[`);
}

function titleOf(form: Form | null, at: string): string {
  return form === null ? at : describeAddress(form, at);
}
