import type { Standing } from "../events.ts";
import {
  ACTIONS,
  type Action,
  actionTitle,
  isCommand,
  PERMISSIONS,
  type Permission,
} from "../permissions/actions.ts";
import { ROLE_HOMES } from "../permissions/administrators.ts";
import { rolesEver } from "../permissions/may.ts";
import {
  DESK_TITLES,
  KIND_TITLES,
  ORGANISATION_TITLES,
  ROLE_TITLES,
  STATE_TITLES,
  standingTitle,
} from "../titles.ts";
import { CHAINS, DESKS, KINDS, type Kind, ROLES, STATES } from "../vocabulary.ts";
import {
  COMMAND_TITLES,
  COMMANDS,
  rolesFor,
  standingAfter,
  standingsOf,
  startsAt,
  TRANSITIONS,
  type Transition,
} from "./transitions.ts";

/** The life cycle of a kind as a mermaid state diagram, desk by desk; of all kinds by state alone where none is given. */
export function lifecycleDiagram(kind: Kind | null): string {
  const nodes = new Map<string, string>();
  const edges = new Map<string, Set<string>>();
  for (const one of kind === null ? KINDS : [kind])
    for (const from of standingsOf(one)) {
      nodes.set(nodeOf(from, kind), titleOf(from, kind));
      for (const row of TRANSITIONS) {
        if (!startsAt(row, one, from)) continue;
        const to = standingAfter(row, one, from.desk);
        const key = `${nodeOf(from, kind)} --> ${nodeOf(to, kind)}`;
        edges.set(key, (edges.get(key) ?? new Set()).add(COMMAND_TITLES[row.command]));
      }
    }
  const order = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);
  return [
    "```mermaid",
    "stateDiagram-v2",
    "  direction LR",
    ...[...nodes].sort(([a], [b]) => order(a, b)).map(([id, title]) => `  state "${title}" as ${id}`),
    "  [*] --> not_issued",
    ...[...edges]
      .sort(([a], [b]) => order(a, b))
      .map(([edge, words]) => `  ${edge} : ${[...words].join("、")}`),
    "  archived --> [*]",
    "```",
  ].join("\n");
}

function nodeOf({ state, desk }: Standing, kind: Kind | null): string {
  return [state, ...(kind === null || desk === null ? [] : [desk])].join("_").replaceAll("-", "_");
}

function titleOf({ state, desk }: Standing, kind: Kind | null): string {
  return kind === null ? STATE_TITLES[state] : standingTitle(state, desk);
}

/** States in the order of the life cycle, desks in the order of the chain. */
function rank(line: string): number {
  const [node = ""] = line.split(" ");
  const state = STATES.findIndex((one) => node.startsWith(one.replaceAll("-", "_")));
  return state * 10 + DESKS.findIndex((desk) => node.endsWith(`_${desk}`));
}

/** The page of the life cycle: diagrams, the table of transitions and the matrix of permissions (markdown, Chinese). */
export function lifecyclePage(): string {
  return `${[
    "# 流程目录",
    "",
    "本页由程序从流转表和权限表生成：界面上的按钮、服务端的判断和这里的图表出自同一份数据。",
    "",
    "## 状态",
    "",
    lifecycleDiagram(null),
    "",
    ...chainsInWords(),
    "",
    ...KINDS.filter(
      (kind, index) => KINDS.findIndex((other) => chainOf(other) === chainOf(kind)) === index,
    ).flatMap((kind) => [`### ${KIND_TITLES[kind]}`, "", lifecycleDiagram(kind), ""]),
    "## 流转",
    "",
    "每一行是一种走法；表上没有的，谁也不能办。",
    "",
    "| 操作 | 表格 | 由 | 到 | 办理人 | 理由 |",
    "|---|---|---|---|---|---|",
    ...COMMANDS.flatMap((command) => TRANSITIONS.filter((row) => row.command === command)).flatMap(rowsOf),
    "",
    "## 权限",
    "",
    "“●”表示在授权的机构范围内可以办理，“○”表示只在部分状态或表格可以办理。单位经办人、单位负责人只办理本机构的事项；第三方复核人员只办理授权所列的表格。三员（系统管理员、安全管理员、安全审计员）互不兼任，也不兼任业务角色。",
    "",
    `| 操作 | ${ROLES.map((role) => ROLE_TITLES[role]).join(" | ")} |`,
    `|---|${ROLES.map(() => "---").join("|")}|`,
    ...ACTIONS.map(permissionRow),
    "",
    "| 角色 | 授予层级 |",
    "|---|---|",
    ...ROLES.map(
      (role) =>
        `| ${ROLE_TITLES[role]} | ${ROLE_HOMES[role].map((home) => ORGANISATION_TITLES[home]).join("、")} |`,
    ),
  ].join("\n")}\n`;
}

function chainOf(kind: Kind): string {
  return [CHAINS[kind].join(" "), startsFromNothing(kind), kind === "monitoring"].join();
}

/** Kinds the unit begins of its own accord: their diagram has one way more. */
function startsFromNothing(kind: Kind): boolean {
  return TRANSITIONS.some(
    (row) => row.command === "start" && startsAt(row, kind, { state: "not-issued", desk: null }),
  );
}

function chainsInWords(): string[] {
  return KINDS.map(
    (kind) => `- ${KIND_TITLES[kind]}：${CHAINS[kind].map((desk) => DESK_TITLES[desk]).join(" → ")}`,
  );
}

/** A transition, a line for each place it starts from; kinds that do alike stand in one line. */
function rowsOf(row: Transition): string[] {
  const lines = new Map<string, string[]>();
  for (const kind of KINDS)
    for (const from of standingsOf(kind)) {
      if (!startsAt(row, kind, from)) continue;
      const to = standingAfter(row, kind, from.desk);
      const who = rolesFor(row, kind, from.desk).map((role) => ROLE_TITLES[role]);
      const cells = [
        standingTitle(from.state, from.desk),
        standingTitle(to.state, to.desk),
        who.join("、"),
        { required: "必填", optional: "可填", none: "" }[row.reason],
      ];
      const key = cells.join(" | ");
      lines.set(key, [...(lines.get(key) ?? []), KIND_TITLES[kind]]);
    }
  return [...lines].map(([cells, kinds]) => {
    const which = kinds.length === KINDS.length ? "各表" : kinds.join("、");
    return `| ${COMMAND_TITLES[row.command]} | ${which} | ${cells} |`;
  });
}

function permissionRow(action: Action): string {
  const cells = ROLES.map((role) => {
    if (!rolesEver(action, null).includes(role)) return "";
    if (isCommand(action)) return "○";
    const { rules }: Permission = PERMISSIONS[action];
    const whole = rules.some((rule) => rule.roles.includes(role) && !rule.kinds && !rule.states);
    return whole ? "●" : "○";
  });
  return `| ${actionTitle(action)} | ${cells.join(" | ")} |`;
}
