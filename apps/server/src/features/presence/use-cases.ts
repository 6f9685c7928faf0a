import type { Answer, showPresence } from "@jiheng/contract/http";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { seenSubmission } from "../submissions/index.ts";
import { noteSeen, othersSince } from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;

/** Whoever was not heard of for so long has gone: pages tell every 10 seconds. */
const GONE_AFTER = 30_000;

/** Notes where the caller is, and tells who else has the form open. It is no work on the form and leaves no event. */
export async function present(
  { db, now }: Platform,
  caller: Caller,
  id: string,
  cell: string | null,
): AnswerTo<typeof showPresence> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const at = now();
  const here = { region: caller.region, submission: id, account: caller.actor.account };
  await noteSeen(db, { ...here, cell, at });
  const others = await othersSince(db, here, new Date(at.getTime() - GONE_AFTER));
  return done({
    body: {
      revision: seen.value.revision,
      others: others.map((other) => ({
        account: other.account,
        name: other.name,
        at: other.cell,
        seen: other.at.toISOString(),
      })),
    },
  });
}
