import { rolesFor, TRANSITIONS, type Transition, transitionOf } from "../lifecycle/transitions.ts";
import { type Refusal, refusal } from "../refusal.ts";
import { ROLE_TITLES, standingTitle } from "../titles.ts";
import {
  type Actor,
  CHAINS,
  type Desk,
  type Grant,
  KINDS,
  type Kind,
  type Role,
  type Subject,
} from "../vocabulary.ts";
import { ACTIONS, type Action, actionTitle, isCommand, PERMISSIONS, type Permission } from "./actions.ts";
import { conflictRefusal } from "./administrators.ts";

/** The actor may, by this grant; or may not, and why. */
export type Permitted = { readonly kind: "allowed"; readonly by: Grant } | Refusal;

/** Roles that act for the very organisation they are given for, and not for those beneath it. */
const OWN_ONLY: readonly Role[] = ["clerk", "unit-head"];

/** Whether the actor may do this to the subject at this instant (ISO): the one rule for every permission. Denies by default. */
export function may(actor: Actor, action: Action, subject: Subject, at: string): Permitted {
  const title = actionTitle(action);
  const held = actor.grants.filter((grant) => !hasEnded(grant, at));
  const conflict = conflictRefusal(held);
  if (conflict) return conflict;

  const ever = rolesEver(action, subject.kind, subject.isRollup);
  const ofRole = actor.grants.filter(({ role }) => ever.includes(role));
  if (ofRole.length === 0)
    return refusal("not-allowed", `您没有“${title}”的权限，可以办理的角色：${rolesInWords(ever)}。`);
  const current = ofRole.filter((grant) => held.includes(grant));
  if (current.length === 0)
    return refusal("grant-expired", `您办理“${title}”的授权已到期，如需继续办理，请联系安全管理员续授。`);
  const changes = isCommand(action) || PERMISSIONS[action].changes;
  const covering = current.filter((grant) => covers(grant, subject, changes));
  if (covering.length === 0)
    return refusal(
      "out-of-scope",
      `不在您的授权范围内，不能办理“${title}”。请核对所属单位，或联系安全管理员。`,
    );
  const recused = (grant: Grant): boolean =>
    (changes || grant.role === "third-party") && isRecused(actor, subject);
  const free = covering.filter((grant) => !recused(grant));
  if (free.length === 0)
    return refusal("recused", `已登记您对该项目或单位回避，不能办理“${title}”。请由其他人员办理。`);

  const now = rolesNow(action, subject);
  if (now.kind === "refused") return now;
  const by = free.find(({ role }) => now.roles.includes(role));
  if (by === undefined)
    return refusal(
      "not-allowed",
      `${where(subject)}，“${title}”由${rolesInWords(now.roles)}办理，您的角色不能办理。`,
    );
  if (action === "approve" && subject.authors.includes(actor.account))
    return refusal("own-work", "您填报过其中的内容，不能审核自己的填报，请由他人审核。");
  return { kind: "allowed", by };
}

/** Every role that may do it to something of the kind, in whatever state; of any kind where none is given. */
export function rolesEver(action: Action, kind: Kind | null, isRollup = false): readonly Role[] {
  return EVER.get(`${action} ${kind} ${isRollup}`) ?? [];
}

function rolesInAnyState(action: Action, kind: Kind | null, isRollup: boolean): readonly Role[] {
  if (!isCommand(action)) {
    const { rules }: Permission = PERMISSIONS[action];
    const fitting = rules.filter((rule) => fits(rule.kinds, kind) && (isRollup || !rule.rollups));
    return unique(fitting.flatMap(({ roles }) => roles));
  }
  const kinds = kind === null ? KINDS : [kind];
  return unique(
    TRANSITIONS.filter((row) => row.command === action).flatMap((row) =>
      kinds
        .filter((one) => row.kinds.includes(one))
        .flatMap((one) => desksOf(row, one).flatMap((desk) => rolesFor(row, one, desk, isRollup))),
    ),
  );
}

function desksOf(row: Transition, kind: Kind): readonly (Desk | null)[] {
  const desks: readonly (Desk | null)[] = [null, ...CHAINS[kind]];
  return desks.filter((desk) =>
    row.from.some((state) => transitionOf(kind, { state, desk }, row.command) === row),
  );
}

/** Who may do it to the subject as it stands now, or that nobody may. */
function rolesNow(
  action: Action,
  { kind, state, desk, isRollup = false }: Subject,
): { readonly kind: "roles"; readonly roles: readonly Role[] } | Refusal {
  if (!isCommand(action)) {
    const { rules }: Permission = PERMISSIONS[action];
    const fitting = rules.filter(
      (rule) => fits(rule.kinds, kind) && fits(rule.states, state) && (isRollup || !rule.rollups),
    );
    if (fitting.length > 0) return { kind: "roles", roles: unique(fitting.flatMap(({ roles }) => roles)) };
  } else {
    if (kind === null || state === null) return { kind: "roles", roles: rolesEver(action, kind, isRollup) };
    const row = transitionOf(kind, { state, desk }, action);
    if (row) return { kind: "roles", roles: rolesFor(row, kind, desk, isRollup) };
  }
  return refusal(
    "wrong-state",
    state === null
      ? `不能办理“${actionTitle(action)}”。`
      : `当前状态是“${standingTitle(state, desk)}”，不能办理“${actionTitle(action)}”。请刷新后查看可以办理的操作。`,
  );
}

/** A grant reaches its organisation and all beneath it; a third party's reaches only the submissions it lists. */
function covers(grant: Grant, subject: Subject, changes: boolean): boolean {
  const own = OWN_ONLY.includes(grant.role) && changes;
  const inTree = own
    ? subject.organisations.at(-1) === grant.organisation
    : subject.organisations.includes(grant.organisation);
  if (!inTree) return false;
  if (grant.submissions === null) return grant.role !== "third-party";
  return subject.submission !== null && grant.submissions.includes(subject.submission);
}

function hasEnded(grant: Grant, at: string): boolean {
  // A third party's right always ends; one without an end was never rightly given.
  if (grant.until === null) return grant.role === "third-party";
  // Compared this way round, an instant that cannot be read ends the grant.
  return !(Date.parse(at) <= Date.parse(grant.until));
}

function isRecused(actor: Actor, subject: Subject): boolean {
  return actor.recused.some(
    (from) => from === subject.project || from === subject.submission || subject.organisations.includes(from),
  );
}

function where({ state, desk }: Subject): string {
  return state === null ? "目前" : `当前状态是“${standingTitle(state, desk)}”`;
}

function rolesInWords(roles: readonly Role[]): string {
  return roles.length === 0 ? "无" : roles.map((role) => ROLE_TITLES[role]).join("、");
}

/** A rule without a condition fits everything; a subject of no kind or state is asked about in general. */
function fits<T>(wanted: readonly T[] | undefined, is: T | null): boolean {
  return wanted === undefined || is === null || wanted.includes(is);
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

// Asked for every button of every row of a list: worked out once.
const EVER: ReadonlyMap<string, readonly Role[]> = new Map(
  ACTIONS.flatMap((action) =>
    [null, ...KINDS].flatMap((kind) =>
      [false, true].map(
        (isRollup) => [`${action} ${kind} ${isRollup}`, rolesInAnyState(action, kind, isRollup)] as const,
      ),
    ),
  ),
);
