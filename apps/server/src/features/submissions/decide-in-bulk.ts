import type { Command } from "@jiheng/workflow";
import { may } from "@jiheng/workflow";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { notCitable } from "./cited-findings.ts";
import { decideOn } from "./decide-on.ts";
import { type LoadedSubmission, loadSubmissions, subjectOf } from "./load-submission.ts";

/** A command that is given for many at once. */
export type BulkCommand = "receive" | "return" | "approve" | "publish";

/** What is said to the unit of one form alone, and the findings it rests on. */
export interface Opinion {
  readonly submission: string;
  readonly reason: string;
  readonly findings: readonly string[];
}

/** What became of one of many. */
export interface BulkItem {
  readonly id: string;
  readonly outcome: { readonly kind: "done"; readonly submission: LoadedSubmission } | Refused;
}

/** Decides about many at once, each for itself: one that is refused changes nothing and holds up no other. */
export async function decideInBulkOf(
  work: Work,
  {
    command,
    submissions,
    reason,
    opinions,
  }: {
    readonly command: BulkCommand;
    readonly submissions: readonly string[];
    readonly reason: string | null;
    readonly opinions: readonly Opinion[];
  },
): Promise<Outcome<readonly BulkItem[]>> {
  const { scopes } = work.caller;
  if (command === "publish" && scopes !== null && !scopes.includes("publish"))
    return refused("out-of-scope", "这个接口令牌没有“公开”的范围，不能批量公开。");
  const ids = [...new Set(submissions)];
  const loaded = new Map((await loadSubmissions(work, ids, { lock: true })).map((each) => [each.id, each]));
  const own = new Map(opinions.map((opinion) => [opinion.submission, opinion]));
  const items: BulkItem[] = [];
  for (const id of ids)
    items.push({ id, outcome: await one(work, loaded.get(id), commandOf(command, reason, own.get(id))) });
  return done(items);
}

async function one(
  work: Work,
  submission: LoadedSubmission | undefined,
  command: Extract<Command, { type: BulkCommand }>,
): Promise<BulkItem["outcome"]> {
  const unknown = refused("not-found", "没有这张表，或者它不在您的范围内。");
  if (!submission) return unknown;
  const seen = may(work.caller.actor, "view", subjectOf(submission), work.at.toISOString());
  if (seen.kind === "refused" && seen.code === "out-of-scope") return unknown;
  const uncited = command.type === "return" ? await notCitable(work, submission, command.findings) : null;
  if (uncited) return uncited;
  const moved = await decideOn(work, submission, command);
  return moved.kind === "refused" ? moved : { kind: "done", submission: moved.value.submission };
}

function commandOf(
  command: BulkCommand,
  reason: string | null,
  own: Opinion | undefined,
): Extract<Command, { type: BulkCommand }> {
  switch (command) {
    case "return":
      return { type: "return", reason: own?.reason ?? reason ?? "", findings: own?.findings ?? [] };
    case "approve":
      return { type: "approve", opinion: reason };
    default:
      return { type: command };
  }
}
