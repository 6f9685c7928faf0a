import type { Form, Indicator } from "@jiheng/domain";
import {
  ANSWER_TITLES,
  type CellChange,
  type Desk,
  describeAddress,
  KIND_TITLES,
  type Kind,
  ORGANISATION_TITLES,
  type OrganisationKind,
  ROLE_TITLES,
  type Role,
  SAMPLE_METHOD_TITLES,
  type State,
  standingTitle,
} from "@jiheng/workflow";

/** One thing an event says, in words: a value, or a change with what stood before. Null is a blank. */
export interface Fact {
  readonly name: string;
  readonly isChange: boolean;
  readonly before: string | null;
  readonly value: string | null;
}

/** What the identities in an event are called, as far as they are known. */
export interface Names {
  readonly nameOf: (id: string) => string | null;
  /** The form of an event's subject as it stands now: it names the cells. */
  readonly form: Form | null;
}

/** Changes and members of a list that are said one by one; of more, how many there are. */
const MOST_CHANGES = 200;
const MOST_NAMES = 10;

const KEY_NAMES: Readonly<Record<string, string>> = {
  kind: "种类",
  due: "截止时间",
  call: "布置的工作",
  source: "来源",
  revision: "保存次序",
  sha256: "内容摘要（SHA-256）",
  must: "必须更正的问题",
  justified: "已说明的问题",
  reason: "理由",
  findings: "指出的问题",
  opinion: "意见",
  order: "第几次",
  code: "编号",
  figures: "涉及的数",
  why: "原因",
  evidence: "材料",
  indicator: "指标",
  name: "名称",
  bytes: "文件大小",
  version: "版本",
  scanSha256: "扫描件摘要（SHA-256）",
  unit: "单位",
  toYear: "结转到",
  import: "导入",
  entries: "条数",
  scope: "范围",
  submissions: "表格",
  method: "方法",
  seed: "随机种子",
  population: "总体",
  populationSha256: "总体摘要（SHA-256）",
  chosen: "抽中的表",
  submission: "表格",
  finding: "审核问题",
  problem: "问题",
  owner: "责任单位",
  note: "说明",
  proof: "证明材料",
  project: "项目",
  decision: "决定",
  amount: "金额",
  members: "汇总的表",
  parent: "上级",
  login: "登录名",
  until: "截止",
  by: "由谁",
  enabled: "启用",
  account: "账号",
  role: "角色",
  organisation: "机构",
  token: "令牌",
  scopes: "权限范围",
  expires: "到期",
  rule: "规则",
  force: "力度",
  webhook: "系统对接",
  change: "变动",
  url: "地址",
  purpose: "用途",
  done: "完成",
  failed: "失败",
  rows: "记录数",
  events: "验过的记录",
  edits: "改动处",
  returned: "退回（日志序号）",
  answer: "答复",
  extension: "延期",
  asked: "申请延到",
  granted: "同意",
  narrowedTo: "总体收窄为",
  marked: "已填复核得分的复核表",
  words: "说明",
  fingerprint: "问题标识",
};

const OWN_NAMES: Readonly<Record<string, string>> = {
  "submission.started from": "起点",
  "recusal.recorded from": "回避对象",
  "rule.changed from": "生效日期",
  "grant.given until": "到何时",
  "account.locked until": "锁定到",
  "project.created unit": "实施单位",
  "return.answered opinion": "第几条意见",
  "rectification.extension-asked due": "原期限",
  "rectification.extension-decided due": "办理后的期限",
};

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "submission.started from": {
    blank: "空白表",
    "approved-targets": "已批复的绩效目标",
    "previous-year": "上年的表",
    file: "文件",
    members: "各单位的表",
  },
  "finding.justification-retracted why": { "by-author": "填报人撤回", "figures-changed": "所说明的数已改" },
  "account.locked why": {
    "failed-logins": "登录多次失败",
    "by-security-administrator": "安全管理员锁定",
  },
  "account.password-changed by": { self: "本人", "security-administrator": "安全管理员重置" },
  "login.succeeded method": { password: "密码", oidc: "统一身份认证" },
  "login.failed why": {
    password: "密码不对",
    locked: "账号已锁定",
    disabled: "账号已停用",
    "second-factor": "动态口令不对",
    unknown: "没有这个账号",
  },
  "rule.changed force": { must: "必须更正", should: "应当说明", hint: "可以改进", off: "停用" },
  "webhook.changed change": {
    created: "登记",
    enabled: "启用",
    disabled: "停用",
    secret: "更换密钥",
    removed: "移除",
  },
  "import.finished purpose": { forms: "表格", budget: "预算和支付数据" },
  "result.used decision": {
    priority: "优先保障",
    keep: "保持",
    cut: "压减",
    cancel: "取消",
    other: "其他",
  },
  "rectification.moved state": {
    open: "待整改",
    answered: "已反馈",
    verified: "已核实",
    reopened: "退回再改",
  },
  "sample.drawn method": SAMPLE_METHOD_TITLES,
  "return.answered answer": ANSWER_TITLES,
};

/** Cells of things that are no forms. */
const CHANGED: Readonly<Record<string, string>> = {
  name: "名称",
  code: "代码",
  parent: "上级",
  closed: "撤销",
  disabled: "停用",
  unit: "实施单位",
  department: "主管部门",
};

const IDENTITY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const MONEY = /^funds\[\d+\]\.(?:initialBudget|adjustedBudget|expenditure)$/;

/** Every identity an event speaks of. */
export function identitiesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "string") {
    if (IDENTITY.test(value)) found.add(value);
  } else if (Array.isArray(value)) for (const each of value) identitiesIn(each, found);
  else if (value !== null && typeof value === "object")
    for (const each of Object.values(value)) identitiesIn(each, found);
  return found;
}

/** What an event keeps, said in words; the body itself stays as it is. */
export function factsOf(type: string, body: Readonly<Record<string, unknown>>, names: Names): Fact[] {
  const facts: Fact[] = [];
  const say = (name: string, value: string | null) =>
    facts.push({ name, isChange: false, before: null, value });
  for (const [key, value] of Object.entries(body)) {
    if (key === "changes" || key === "edits" || key === "desk" || key === "fingerprint") continue;
    // The points of a return stand in its words.
    if (type === "submission.returned" && key === "opinions") continue;
    const own = `${type} ${key}`;
    if (key === "state") say("办理后", standingTitle(value as State, (body.desk ?? null) as Desk | null));
    else if (type === "rectification.moved" && key === "from") continue;
    else if (type === "rectification.moved" && key === "to")
      facts.push({
        ...{ name: "整改状态", isChange: true },
        ...{ before: wordOf(type, "state", body.from), value: wordOf(type, "state", value) },
      });
    else say(OWN_NAMES[own] ?? KEY_NAMES[key] ?? key, sayValue(type, key, value, names));
  }
  const changes = Array.isArray(body.changes) ? (body.changes as CellChange[]) : [];
  const cellOf = cellNames(changes, names.form);
  for (const { at, from, to } of changes.slice(0, MOST_CHANGES)) {
    const unit = MONEY.test(at) ? (names.form?.moneyUnit ?? null) : null;
    const shown = (text: string | null) => {
      const words = text === null ? null : scalar(text, names);
      return words !== null && unit !== null && words !== "" ? `${words}${unit}` : words;
    };
    facts.push({ name: cellOf(at), isChange: true, before: shown(from), value: shown(to) });
  }
  if (changes.length > MOST_CHANGES) say("其余改动", `${changes.length - MOST_CHANGES}处，见原始数据`);
  return facts;
}

function wordOf(type: string, key: string, value: unknown): string {
  return WORDS[`${type} ${key}`]?.[String(value)] ?? String(value);
}

function sayValue(type: string, key: string, value: unknown, names: Names): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return listed(value, names);
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, figure]) => `${name} ${figure}`)
      .join("；");
  if (key === "role") return ROLE_TITLES[value as Role] ?? String(value);
  if (key === "kind")
    return KIND_TITLES[value as Kind] ?? ORGANISATION_TITLES[value as OrganisationKind] ?? String(value);
  if (key === "amount") return `${value}元`;
  if (key === "bytes") return `${value}字节`;
  if (key === "toYear") return `${value}年`;
  const word = WORDS[`${type} ${key}`]?.[String(value)];
  return word ?? scalar(String(value), names);
}

function listed(values: readonly unknown[], names: Names): string | null {
  if (values.length === 0) return null;
  const texts = values.map(String);
  // Fingerprints of findings are for machines; how many there are is what a person asks.
  if (!texts.some((text) => names.nameOf(text) !== null)) {
    return texts.every((text) => text.length < 20) ? texts.join("、") : `${texts.length}项`;
  }
  const said = texts.slice(0, MOST_NAMES).map((text) => scalar(text, names));
  return `${said.join("、")}${texts.length > MOST_NAMES ? `等${texts.length}项` : ""}`;
}

/** Identities by their names, instants as the clock in China shows them. */
function scalar(text: string, { nameOf }: Names): string {
  if (IDENTITY.test(text)) return nameOf(text) ?? text;
  if (INSTANT.test(text)) return chinaTime(new Date(text));
  return text;
}

/** An instant as the clock in China shows it: 2026-03-01 09:30:05. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

const ROW = /^indicators\[([^\]]+)\]/;

/** Names of cells by the form as it stands; a row that is gone is named by what the same event knows of it. */
function cellNames(changes: readonly CellChange[], form: Form | null): (at: string) => string {
  if (form === null) return (at) => CHANGED[at] ?? at;
  const rows = new Map(form.indicators.map(({ id }) => [id, true]));
  const told = new Map<string, string>();
  for (const { at, from, to } of changes) {
    const id = ROW.exec(at)?.[1];
    const name = from ?? to;
    if (id !== undefined && name !== null && at.endsWith("].name")) told.set(id, name);
  }
  const some = form.indicators[0];
  return (at) => {
    const id = ROW.exec(at)?.[1];
    if (id === undefined || rows.has(id))
      return /\]\.position$/.test(at) ? moved(form, at) : describeAddress(form, at);
    if (!some) return "已删除的指标";
    const ghost: Indicator = { ...some, id, name: told.get(id) ?? "已删除的指标" };
    const known = { ...form, indicators: [...form.indicators, ghost] };
    return /\]\.position$/.test(at) ? moved(known, at) : describeAddress(known, at);
  };
}

function moved(form: Form, at: string): string {
  return `${describeAddress(form, at.replace(/\.position$/, ".name")).replace(/名称$/, "")}位置`;
}
