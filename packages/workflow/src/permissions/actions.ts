import { COMMAND_TITLES, COMMANDS, type CommandName, ROLLUP_ROLES } from "../lifecycle/transitions.ts";
import type { Kind, Role, State } from "../vocabulary.ts";

/** Who may do a thing, and where it depends on them, of which kinds and in which states. */
export interface PermissionRule {
  readonly roles: readonly Role[];
  readonly kinds?: readonly Kind[];
  readonly states?: readonly State[];
  /** Set where the rule is for roll-ups alone. */
  readonly rollups?: true;
}

/** A thing one may be allowed to do. `changes`: whether it writes; whoever only reads is never asked to recuse. */
export interface Permission {
  readonly title: string;
  readonly changes: boolean;
  readonly rules: readonly PermissionRule[];
}

const EDITABLE: readonly State[] = ["draft", "returned", "withdrawn"];
const HANDED_IN: readonly State[] = [
  "submitted",
  "under-review",
  "review-cancelled",
  "approved",
  "published",
];
const DECIDED: readonly State[] = ["approved", "published", "archived"];
const OF_UNITS: readonly Kind[] = ["target-declaration", "adjustment", "monitoring", "self-evaluation"];
const REVIEWERS: readonly Role[] = ["department-reviewer", "finance-officer"];
const BUSINESS_READERS: readonly Role[] = [
  "clerk",
  "unit-head",
  "department-reviewer",
  "finance-officer",
  "publication-officer",
  "auditor",
];

const reads = (title: string, ...rules: PermissionRule[]): Permission => ({ title, changes: false, rules });
const writes = (title: string, ...rules: PermissionRule[]): Permission => ({ title, changes: true, rules });

/** Everything beside the commands of the life cycle that needs a permission, with who has it. */
export const PERMISSIONS = {
  view: reads(
    "查看",
    { roles: ["department-reviewer", "clerk", "unit-head"], kinds: OF_UNITS },
    // The unit and its department see a review when it is decided, not while it is written.
    { roles: ["department-reviewer", "clerk", "unit-head"], kinds: ["review"], states: DECIDED },
    { roles: ["finance-officer", "third-party", "auditor"] },
    { roles: ["publication-officer"], states: DECIDED },
  ),
  "attach-evidence": writes(
    "上传佐证材料",
    { roles: ["clerk"], kinds: OF_UNITS, states: EDITABLE },
    { roles: ["finance-officer", "third-party"], kinds: ["review"], states: EDITABLE },
    { roles: ROLLUP_ROLES, kinds: ["self-evaluation"], states: EDITABLE, rollups: true },
  ),
  justify: writes(
    "说明审核问题",
    { roles: ["clerk", "unit-head"], kinds: OF_UNITS, states: EDITABLE },
    { roles: ["finance-officer", "third-party"], kinds: ["review"], states: EDITABLE },
    { roles: ROLLUP_ROLES, kinds: ["self-evaluation"], states: EDITABLE, rollups: true },
  ),
  seal: writes(
    "绑定盖章扫描件",
    { roles: ["clerk", "unit-head"], kinds: OF_UNITS, states: HANDED_IN },
    { roles: ["finance-officer"], kinds: ["review"], states: HANDED_IN },
  ),
  "change-due": writes("调整截止时间", { roles: REVIEWERS }),
  "manage-calls": writes("布置工作", { roles: REVIEWERS }),
  "view-projects": reads("查看项目库", { roles: BUSINESS_READERS }),
  "manage-projects": writes("维护项目库", { roles: ["clerk", ...REVIEWERS] }),
  "record-placeholder": writes("登记涉密项目占位", { roles: REVIEWERS }),
  // What is imported takes the place of what was typed: only where it may still be typed.
  "import-forms": writes(
    "批量导入表格",
    { roles: ["clerk", ...REVIEWERS], kinds: OF_UNITS, states: ["issued", ...EDITABLE] },
    { roles: ["finance-officer"], kinds: ["review"], states: ["issued", ...EDITABLE] },
  ),
  "import-budget": writes("导入预算和支付数据", { roles: ["finance-officer"] }),
  "draw-sample": writes("抽取复核样本", { roles: ["finance-officer"] }),
  "assign-review": writes("指派复核", { roles: ["finance-officer"] }),
  "roll-up": writes("汇总", { roles: ROLLUP_ROLES }),
  "change-rules": writes("调整审核规则和评分办法", { roles: ["finance-officer"] }),
  "view-statistics": reads("查看统计", { roles: BUSINESS_READERS }),
  "open-rectification": writes("下达整改", { roles: REVIEWERS }),
  "answer-rectification": writes("反馈整改情况", { roles: ["clerk", "unit-head"] }),
  "verify-rectification": writes("验收整改", { roles: REVIEWERS }),
  "use-results": writes("登记结果应用", { roles: REVIEWERS }),
  "view-log": reads("查看操作日志", { roles: ["auditor"] }),
  "verify-log": reads("校验、导出操作日志", { roles: ["auditor"] }),
  "manage-organisations": writes("维护机构", { roles: ["administrator"] }),
  "manage-accounts": writes("维护账号", { roles: ["administrator"] }),
  "view-accounts": reads("查看账号", { roles: ["administrator", "security-administrator", "auditor"] }),
  "manage-webhooks": writes("维护系统对接", { roles: ["administrator"] }),
  backup: reads("备份", { roles: ["administrator"] }),
  "manage-roles": writes("授予、收回角色", { roles: ["security-administrator"] }),
  "manage-recusals": writes("登记回避", { roles: ["security-administrator"] }),
  "lock-account": writes("锁定、解锁账号", { roles: ["security-administrator"] }),
  "reset-password": writes("重置密码", { roles: ["security-administrator"] }),
  "reset-second-factor": writes("重置动态口令", { roles: ["security-administrator"] }),
  "revoke-tokens": writes("收回他人的接口令牌", { roles: ["security-administrator"] }),
} as const satisfies Readonly<Record<string, Permission>>;

/** A permission beside the life cycle. */
export type PermissionName = keyof typeof PERMISSIONS;

/** Everything that needs a permission: the commands of the life cycle and the rest. */
export type Action = CommandName | PermissionName;

/** All actions, closed: what is not here is nobody's. */
export const ACTIONS: readonly Action[] = [...COMMANDS, ...(Object.keys(PERMISSIONS) as PermissionName[])];

/** What an action is called. */
export function actionTitle(action: Action): string {
  return isCommand(action) ? COMMAND_TITLES[action] : PERMISSIONS[action].title;
}

/** Whether the action is a command of the life cycle. */
export function isCommand(action: Action): action is CommandName {
  return (COMMANDS as readonly string[]).includes(action);
}
