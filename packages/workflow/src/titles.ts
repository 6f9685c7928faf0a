import type { Desk, Kind, OrganisationKind, Role, State } from "./vocabulary.ts";

/** What each role is called. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  clerk: "单位经办人",
  "unit-head": "单位负责人",
  "department-reviewer": "主管部门审核人",
  "finance-officer": "财政部门经办人",
  "third-party": "第三方复核人员",
  "publication-officer": "公开专员",
  auditor: "安全审计员",
  administrator: "系统管理员",
  "security-administrator": "安全管理员",
};

/** What each kind of submission is called. */
export const KIND_TITLES: Readonly<Record<Kind, string>> = {
  "target-declaration": "绩效目标申报表",
  adjustment: "绩效目标调整表",
  monitoring: "绩效运行监控表",
  "self-evaluation": "绩效自评表",
  review: "复核表",
};

/** What each state is called. */
export const STATE_TITLES: Readonly<Record<State, string>> = {
  "not-issued": "未下达",
  issued: "已下达",
  draft: "暂存",
  submitted: "已送审",
  "under-review": "审核中",
  approved: "已审核",
  returned: "被退回",
  published: "已公开",
  withdrawn: "取消送审",
  "review-cancelled": "取消审核",
  archived: "归档",
};

/** Whose desk it is. */
export const DESK_TITLES: Readonly<Record<Desk, string>> = {
  unit: "单位",
  department: "主管部门",
  finance: "财政部门",
};

/** What each level of the tree is called. */
export const ORGANISATION_TITLES: Readonly<Record<OrganisationKind, string>> = {
  region: "地区",
  department: "主管部门",
  unit: "单位",
};

/** State and desk in one phrase: 审核中（主管部门）. */
export function standingTitle(state: State, desk: Desk | null): string {
  return desk === null ? STATE_TITLES[state] : `${STATE_TITLES[state]}（${DESK_TITLES[desk]}）`;
}
