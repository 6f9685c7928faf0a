import type { EventType, Standing } from "../events.ts";
import { CHAINS, type Desk, KINDS, type Kind, type Role, type State } from "../vocabulary.ts";

/** Everything one may ask of a submission, in the order of the life cycle. */
export const COMMANDS = [
  "issue",
  "start",
  "save",
  "submit",
  "withdraw",
  "receive",
  "return",
  "approve",
  "cancel-review",
  "unlock",
  "publish",
  "withhold",
  "archive",
] as const;

/** One of the commands. */
export type CommandName = (typeof COMMANDS)[number];

/** What each command is called on its button. */
export const COMMAND_TITLES: Readonly<Record<CommandName, string>> = {
  issue: "下达",
  start: "开始填报",
  save: "暂存",
  submit: "送审",
  withdraw: "取消送审",
  receive: "受理",
  return: "退回",
  approve: "审核通过",
  "cancel-review": "取消审核",
  unlock: "解锁",
  publish: "公开",
  withhold: "不予公开",
  archive: "归档",
};

/** Who decides at a desk. */
export const DESK_ROLES: Readonly<Record<Desk, Role>> = {
  unit: "unit-head",
  department: "department-reviewer",
  finance: "finance-officer",
};

/** Who enters the figures of a kind. */
export const AUTHOR_ROLES: Readonly<Record<Kind, readonly Role[]>> = {
  "target-declaration": ["clerk"],
  adjustment: ["clerk"],
  monitoring: ["clerk"],
  "self-evaluation": ["clerk"],
  review: ["finance-officer", "third-party"],
};

/** Who makes a form from others (汇总), beside the clerk of the organisation it is made for. */
export const ROLLUP_ROLES: readonly Role[] = ["department-reviewer", "finance-officer"];

/** Where it must lie: on no desk, or at this place of its chain. */
export type DeskCondition = "none" | "any" | "first" | "second" | "not-first" | "last" | "not-last";

/** Who may: a role, or the one that the chain of the kind names. */
export type Who = Role | "authors" | "desk" | "first-desk" | "previous-desk" | "last-desk";

/** Where it then lies, seen from where it lay. */
export type DeskTarget = "none" | "same" | "first" | "next" | "previous" | "last" | "before-last";

/** One way a submission may move. `reason`: whether words are compulsory. */
export interface Transition {
  readonly command: CommandName;
  readonly kinds: readonly Kind[];
  readonly from: readonly State[];
  readonly at: DeskCondition;
  readonly who: readonly Who[];
  readonly to: State;
  readonly onto: DeskTarget;
  readonly event: EventType;
  readonly reason: "required" | "optional" | "none";
}

const EDITABLE: readonly State[] = ["draft", "returned", "withdrawn"];
const DECIDABLE: readonly State[] = ["under-review", "review-cancelled"];
const OF_UNITS = KINDS.filter((kind) => kind !== "review");

/**
 * The life cycle, whole: what is not here cannot be done. Diagram, buttons, permissions and decisions are made from it. An approved
 * form is reopened from the last desk backwards, so that nobody edits under an approval that still stands.
 */
export const TRANSITIONS: readonly Transition[] = [
  {
    command: "issue",
    kinds: OF_UNITS,
    from: ["not-issued"],
    at: "none",
    who: ["department-reviewer", "finance-officer"],
    to: "issued",
    onto: "none",
    event: "submission.issued",
    reason: "none",
  },
  {
    command: "issue",
    kinds: ["review"],
    from: ["not-issued"],
    at: "none",
    who: ["finance-officer"],
    to: "issued",
    onto: "none",
    event: "submission.issued",
    reason: "none",
  },
  {
    command: "start",
    kinds: KINDS,
    from: ["issued"],
    at: "none",
    who: ["authors"],
    to: "draft",
    onto: "none",
    event: "submission.started",
    reason: "none",
  },
  {
    // A unit declares a new project and asks for an adjustment when it needs to, called for or not.
    command: "start",
    kinds: ["target-declaration", "adjustment"],
    from: ["not-issued"],
    at: "none",
    who: ["authors"],
    to: "draft",
    onto: "none",
    event: "submission.started",
    reason: "none",
  },
  {
    command: "save",
    kinds: KINDS,
    from: ["draft", "withdrawn"],
    at: "none",
    who: ["authors"],
    to: "draft",
    onto: "none",
    event: "submission.edited",
    reason: "none",
  },
  {
    // It stays returned while it is mended: its reason stands beside it, and the deadline does not stop it.
    command: "save",
    kinds: KINDS,
    from: ["returned"],
    at: "none",
    who: ["authors"],
    to: "returned",
    onto: "none",
    event: "submission.edited",
    reason: "none",
  },
  {
    command: "submit",
    kinds: KINDS,
    from: EDITABLE,
    at: "none",
    who: ["authors"],
    to: "submitted",
    onto: "first",
    event: "submission.submitted",
    reason: "none",
  },
  {
    command: "withdraw",
    kinds: KINDS,
    from: ["submitted"],
    at: "first",
    who: ["authors", "first-desk"],
    to: "withdrawn",
    onto: "none",
    event: "submission.withdrawn",
    reason: "optional",
  },
  {
    // Past the unit's head only the head takes it back: the clerk does not undo the head's approval.
    command: "withdraw",
    kinds: OF_UNITS,
    from: ["submitted"],
    at: "second",
    who: ["first-desk"],
    to: "withdrawn",
    onto: "none",
    event: "submission.withdrawn",
    reason: "optional",
  },
  {
    command: "receive",
    kinds: KINDS,
    from: ["submitted"],
    at: "any",
    who: ["desk"],
    to: "under-review",
    onto: "same",
    event: "submission.received",
    reason: "none",
  },
  {
    command: "return",
    kinds: KINDS,
    from: DECIDABLE,
    at: "any",
    who: ["desk"],
    to: "returned",
    onto: "none",
    event: "submission.returned",
    reason: "required",
  },
  {
    command: "approve",
    kinds: OF_UNITS,
    from: DECIDABLE,
    at: "not-last",
    who: ["desk"],
    to: "submitted",
    onto: "next",
    event: "submission.approved",
    reason: "optional",
  },
  {
    command: "approve",
    kinds: KINDS,
    from: DECIDABLE,
    at: "last",
    who: ["desk"],
    to: "approved",
    onto: "none",
    event: "submission.approved",
    reason: "optional",
  },
  {
    command: "cancel-review",
    kinds: OF_UNITS,
    from: ["submitted"],
    at: "not-first",
    who: ["previous-desk"],
    to: "review-cancelled",
    onto: "previous",
    event: "submission.review-cancelled",
    reason: "required",
  },
  {
    command: "cancel-review",
    kinds: KINDS,
    from: ["approved"],
    at: "none",
    who: ["last-desk"],
    to: "review-cancelled",
    onto: "last",
    event: "submission.review-cancelled",
    reason: "required",
  },
  {
    command: "unlock",
    kinds: OF_UNITS,
    from: ["approved"],
    at: "none",
    who: ["last-desk"],
    to: "review-cancelled",
    onto: "before-last",
    event: "submission.unlocked",
    reason: "required",
  },
  {
    command: "unlock",
    kinds: ["review"],
    from: ["approved"],
    at: "none",
    who: ["last-desk"],
    to: "returned",
    onto: "none",
    event: "submission.unlocked",
    reason: "required",
  },
  {
    command: "unlock",
    kinds: OF_UNITS,
    from: ["review-cancelled"],
    at: "not-first",
    who: ["desk"],
    to: "review-cancelled",
    onto: "previous",
    event: "submission.unlocked",
    reason: "required",
  },
  {
    command: "unlock",
    kinds: KINDS,
    from: ["review-cancelled"],
    at: "first",
    who: ["desk"],
    to: "returned",
    onto: "none",
    event: "submission.unlocked",
    reason: "required",
  },
  {
    command: "publish",
    kinds: KINDS.filter((kind) => kind !== "monitoring"),
    from: ["approved"],
    at: "none",
    who: ["publication-officer"],
    to: "published",
    onto: "none",
    event: "submission.published",
    reason: "none",
  },
  {
    // Also takes back what was published by mistake; it can then be reopened in order.
    command: "withhold",
    kinds: KINDS.filter((kind) => kind !== "monitoring"),
    from: ["approved", "published"],
    at: "none",
    who: ["publication-officer"],
    to: "approved",
    onto: "none",
    event: "submission.withheld",
    reason: "required",
  },
  {
    command: "archive",
    kinds: KINDS,
    from: ["approved", "published"],
    at: "none",
    who: ["finance-officer"],
    to: "archived",
    onto: "none",
    event: "submission.archived",
    reason: "none",
  },
];

/** The transition a command makes from here, or null where it makes none. One row at most takes it. */
export function transitionOf(kind: Kind, standing: Standing, command: CommandName): Transition | null {
  return TRANSITIONS.find((row) => row.command === command && startsAt(row, kind, standing)) ?? null;
}

/** Whether the row takes a submission of the kind from this standing. */
export function startsAt(row: Transition, kind: Kind, { state, desk }: Standing): boolean {
  return row.kinds.includes(kind) && row.from.includes(state) && liesAt(kind, desk, row.at);
}

function liesAt(kind: Kind, desk: Desk | null, at: DeskCondition): boolean {
  const chain: readonly Desk[] = CHAINS[kind];
  if (desk === null) return at === "none";
  const index = chain.indexOf(desk);
  if (index < 0) return false;
  switch (at) {
    case "none":
      return false;
    case "any":
      return true;
    case "first":
      return index === 0;
    case "second":
      return index === 1;
    case "not-first":
      return index > 0;
    case "last":
      return index === chain.length - 1;
    case "not-last":
      return index < chain.length - 1;
  }
}

/** The roles that may make a transition of a kind from this desk; a roll-up has more authors. */
export function rolesFor(row: Transition, kind: Kind, desk: Desk | null, isRollup = false): readonly Role[] {
  const chain: readonly Desk[] = CHAINS[kind];
  const index = desk === null ? chain.length : chain.indexOf(desk);
  const roleAt = (position: number): readonly Role[] => {
    const found = chain[position];
    return found === undefined ? [] : [DESK_ROLES[found]];
  };
  const roles = row.who.flatMap((who): readonly Role[] => {
    switch (who) {
      case "authors":
        return isRollup ? [...AUTHOR_ROLES[kind], ...ROLLUP_ROLES] : AUTHOR_ROLES[kind];
      case "desk":
        return roleAt(index);
      case "first-desk":
        return roleAt(0);
      case "previous-desk":
        return roleAt(index - 1);
      case "last-desk":
        return roleAt(chain.length - 1);
      default:
        return [who];
    }
  });
  return [...new Set(roles)];
}

/** Where a submission stands after the transition. */
export function standingAfter(row: Transition, kind: Kind, desk: Desk | null): Standing {
  const chain: readonly Desk[] = CHAINS[kind];
  const index = desk === null ? chain.length : chain.indexOf(desk);
  const place = {
    none: -1,
    same: index,
    first: 0,
    next: index + 1,
    previous: index - 1,
    last: chain.length - 1,
    "before-last": chain.length - 2,
  }[row.onto];
  return { state: row.to, desk: chain[place] ?? null };
}

/** How many approvals are lifted once this desk has unlocked: 1 for the last desk of the chain, counting backwards. */
export function unlockOrder(kind: Kind, desk: Desk | null): number {
  const chain: readonly Desk[] = CHAINS[kind];
  return desk === null ? 1 : chain.length - chain.indexOf(desk);
}

/** Every pair of state and desk a submission of the kind can be in. */
export function standingsOf(kind: Kind): readonly Standing[] {
  const seen = new Map<string, Standing>();
  const open: Standing[] = [{ state: "not-issued", desk: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = `${next.state} ${next.desk}`;
    if (seen.has(key)) continue;
    seen.set(key, next);
    for (const command of COMMANDS) {
      const row = transitionOf(kind, next, command);
      if (row) open.push(standingAfter(row, kind, next.desk));
    }
  }
  return [...seen.values()];
}
