import type { EventType } from "./events.ts";
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

/** What each event is called. */
export const EVENT_TITLES: Readonly<Record<EventType, string>> = {
  "account.changed": "更改账号",
  "account.created": "建立账号",
  "account.locked": "锁定账号",
  "account.password-changed": "修改密码",
  "account.second-factor": "动态口令变动",
  "account.unlocked": "解锁账号",
  "backup.made": "备份",
  "backup.restored": "恢复",
  "budget.imported": "导入预算和支付数据",
  "call.changed": "调整布置的工作",
  "call.issued": "布置工作",
  "evidence.added": "上传佐证材料",
  "evidence.removed": "移除佐证材料",
  "finding.justification-retracted": "说明失效或撤回",
  "finding.justified": "说明审核问题",
  "funds.prefilled": "预填资金",
  "grant.given": "授予角色",
  "grant.revoked": "收回角色",
  "import.finished": "导入完成",
  "log.verified": "校验日志",
  "login.failed": "登录失败",
  "login.succeeded": "登录",
  "organisation.changed": "更改机构",
  "organisation.created": "新设机构",
  "project.carried-over": "项目结转",
  "project.changed": "更改项目",
  "project.created": "建立项目",
  "project.placeholder-recorded": "登记涉密占位",
  "rectification.extension-asked": "申请整改延期",
  "rectification.extension-decided": "审批整改延期",
  "rectification.moved": "整改办理",
  "rectification.opened": "下达整改",
  "recusal.recorded": "登记回避",
  "result.used": "登记结果应用",
  "return.answered": "答复退回意见",
  "rollup.made": "汇总",
  "rule.changed": "调整审核规则",
  "sample.cancelled": "作废复核样本",
  "sample.drawn": "抽取复核样本",
  "submission.approved": "审核通过",
  "submission.archived": "归档",
  "submission.due-changed": "调整截止时间",
  "submission.edited": "保存表格",
  "submission.issued": "下达表格",
  "submission.published": "公开",
  "submission.received": "受理",
  "submission.returned": "退回",
  "submission.review-cancelled": "取消审核",
  "submission.started": "开始填报",
  "submission.submitted": "送审",
  "submission.unlocked": "解锁表格",
  "submission.withdrawn": "取消送审",
  "submission.withheld": "不予公开",
  "token.created": "建立接口令牌",
  "token.revoked": "收回接口令牌",
  "version.sealed": "绑定盖章扫描件",
  "webhook.changed": "更改系统对接",
};
