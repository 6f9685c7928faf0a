import type { Endpoint, giveGrant, recordRecusal, revokeGrant } from "@jiheng/contract/http";
import { type Grant, grantRefusal, type OrganisationKind, type Role } from "@jiheng/workflow";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import { aboutAccount } from "../accounts/index.ts";
import { changeable, lastOfThree, presentGrant } from "./accounts.ts";
import { notPermitted } from "./rights.ts";
import {
  accountRow,
  addGrant,
  addRecusal,
  countSubmissions,
  endGrant,
  grantRows,
  hasProject,
  organisationById,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

/** Gives a role: not to oneself, not beside one that must be held alone, only where the role is at home. */
export function give({ command, params, body }: Call<typeof giveGrant>): Answer<typeof giveGrant> {
  return command(async (work) => {
    const { db, caller, at, newId, record } = work;
    const { region, actor } = caller;
    const denied = await notPermitted(db, caller, "manage-roles", body.organisation, at);
    if (denied) return denied;
    const organisation = await organisationById(db, region, body.organisation);
    if (!organisation || organisation.closed_at !== null)
      return refused("wrong-state", "该机构已经撤销，不能授予角色。");
    // Locked, so that two roles given at the same time see each other.
    const account = await accountRow(db, region, params.account, true);
    if (!account) return refused("not-found", "没有这个账号，请刷新后重新选择。");
    if (account.disabled_at !== null) return refused("wrong-state", "该账号已经停用，不能授予角色。");
    const held = (await grantRows(db, region, [account.id], at)).map(toGrant);
    const { role, until, submissions } = body;
    const refusal = grantRefusal(
      held,
      { role, organisation: organisation.id, submissions, until },
      organisation.kind as OrganisationKind,
      { giver: actor.account, account: account.id },
    );
    if (refusal) return refusedBy(refusal);
    if (until !== null && new Date(until) <= at)
      return refused("wrong-state", "授权的截止时间须在现在之后。");
    const isHeld = held.some(
      (grant) => grant.role === role && grant.organisation === organisation.id && submissions === null,
    );
    if (isHeld) return refused("already-exists", "该账号在这个机构已有这个角色。");
    const forms = submissions === null ? null : [...new Set(submissions)];
    if (forms && (await countSubmissions(db, region, forms)) < forms.length)
      return refused("not-found", "所列的表格有的不存在，请刷新后重新选择。");
    const id = newId();
    await addGrant(db, {
      ...{ region, id, account: account.id, organisation: organisation.id, role, submissions: forms },
      ...{ until: until === null ? null : new Date(until), by: actor.account, at },
    });
    record(aboutAccount(account.id), {
      ...{ type: "grant.given", account: account.id, role, organisation: organisation.id },
      ...{ until, submissions: forms },
    });
    const given = (await grantRows(db, region, [account.id], at)).find((grant) => grant.id === id);
    if (!given) throw new TypeError("a grant that was just given is not found");
    return done({ body: presentGrant(given) });
  });
}

function toGrant(row: Awaited<ReturnType<typeof grantRows>>[number]): Grant {
  return {
    ...{ role: row.role as Role, organisation: row.organisation, submissions: row.submissions },
    until: row.valid_until?.toISOString() ?? null,
  };
}

/** Takes a role away. */
export function revoke({ command, params, body }: Call<typeof revokeGrant>): Answer<typeof revokeGrant> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const found = await changeable(work, params.account, "manage-roles");
    if ("kind" in found) return found;
    const grants = await grantRows(db, caller.region, [params.account], at);
    const grant = grants.find(({ id }) => id === params.grant);
    if (!grant) return refused("not-found", "没有这项授权，或已经收回、到期。");
    const isLastOfAccount = grants.filter(({ role }) => role === grant.role).length === 1;
    const last = isLastOfAccount ? await lastOfThree(work, params.account, [grant.role]) : null;
    if (last) return last;
    await endGrant(db, caller.region, grant.id, at);
    record(aboutAccount(params.account), {
      ...{ type: "grant.revoked", account: params.account, role: grant.role as Role },
      ...{ organisation: grant.organisation, reason: body.reason },
    });
    return done({});
  });
}

/** Records what somebody does not decide about. */
export function recuse({ command, params, body }: Call<typeof recordRecusal>): Answer<typeof recordRecusal> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const { region } = caller;
    const denied = await notPermitted(db, caller, "manage-recusals", null, at);
    if (denied) return denied;
    if (!(await accountRow(db, region, params.account)))
      return refused("not-found", "没有这个账号，请刷新后重新选择。");
    const isKnown =
      (await organisationById(db, region, body.from)) !== undefined ||
      (await hasProject(db, region, body.from));
    if (!isKnown) return refused("not-found", "没有这个机构或项目，请刷新后重新选择。");
    const { from, reason } = body;
    if (!(await addRecusal(db, { region, account: params.account, recused_from: from, reason, at })))
      return refused("already-exists", "已经登记过该账号对它回避。");
    record(aboutAccount(params.account), { type: "recusal.recorded", account: params.account, from, reason });
    return done({});
  });
}
