import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { aboutAccount } from "../accounts/index.ts";
import { accountRow, addGrant, grantRows, recusedFrom } from "./store.ts";

/** What a third party is to review, and until when. */
export interface ReviewToGive {
  readonly account: string;
  readonly until: Date;
  readonly submissions: readonly string[];
  /** The project and the bodies it belongs to: whoever is recused from one of them is not given it. */
  readonly about: readonly string[];
}

/**
 * Gives somebody who was made a third party by the security administrator the right to some forms, for no longer than they are one. Who
 * reviews what is the finance officers' to say; who may review at all is not.
 */
export async function giveReview(
  { db, caller, at, newId, record }: Work,
  { account: id, until, submissions, about }: ReviewToGive,
): Promise<Outcome<null>> {
  const { region } = caller;
  const account = await accountRow(db, region, id, true);
  if (!account || account.disabled_at !== null)
    return refused("not-found", "没有这个账号，或者它已经停用，请重新选择。");
  const held = (await grantRows(db, region, [id], at)).filter(({ role }) => role === "third-party");
  const longest = held.reduce<Date | null>(
    (latest, { valid_until: end }) => (end && (!latest || end > latest) ? end : latest),
    null,
  );
  const [grant] = held;
  if (!grant || !longest)
    return refused("not-allowed", `“${account.name}”不是在任的第三方，请先由安全管理员授予第三方角色。`);
  if (until <= at) return refused("wrong-state", "权限的截止时间须在现在之后。");
  if (until > longest)
    return refused(
      "wrong-state",
      `“${account.name}”的第三方角色在${longest.toISOString()}到期，权限不能比它更长。`,
    );
  const recused = await recusedFrom(db, region, id);
  if ([...submissions, ...about].some((each) => recused.includes(each)))
    return refused("recused", `已登记“${account.name}”对该项目或单位回避，请安排他人复核。`);
  await addGrant(db, {
    ...{ region, id: newId(), account: id, organisation: grant.organisation, role: "third-party" },
    ...{ submissions, until, by: caller.actor.account, at },
  });
  record(aboutAccount(id), {
    ...{ type: "grant.given", account: id, role: "third-party", organisation: grant.organisation },
    ...{ until: until.toISOString(), submissions },
  });
  return done(null);
}
