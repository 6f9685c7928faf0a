import type { Form, Place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { isTraced } from "../../facts/printed-cells.ts";
import { doubtAt } from "../../facts/reading-doubts.ts";
import { type Doubt, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { what: string };

interface Cell {
  readonly at: Place;
  readonly title: string;
  readonly text: string | null;
  readonly missing: "must" | "should" | "hint";
}

const MID_TERM = /^(?:中期|实施期|项目总)(?:总体)?目标$/;

function cellsOf(form: Form): readonly Cell[] {
  const departmental = form.kind === "department-self-evaluation";
  // Layouts of a whole department have a body that fills them in and often no other above it.
  const ownDepartment = departmental || form.template.startsWith("department-");
  const evaluated = form.kind.endsWith("self-evaluation");
  const cells: Cell[] = [];
  if (!departmental) cells.push({ at: "project", title: "项目名称", text: form.project, missing: "must" });
  cells.push({
    at: "department",
    title: departmental ? "部门（单位）名称" : "主管部门",
    text: form.department ?? (ownDepartment ? form.unit : null),
    missing: "must",
  });
  if (!departmental) cells.push({ at: "unit", title: "实施单位", text: form.unit, missing: "hint" });
  const goals = form.goals.length > 0 ? form.goals : [form.goal];
  goals.forEach((goal, index) => {
    // A project of one year has no goal for more.
    if ("name" in goal && MID_TERM.test(goal.name ?? "")) return;
    const which = goals.length > 1 ? `目标${index + 1}` : "";
    const base = index === 0 ? "goal" : `goals[${index}]`;
    cells.push({ at: `${base}.expected`, title: `${which}预期目标`, text: goal.expected, missing: "must" });
    if (evaluated)
      cells.push({
        at: `${base}.achieved`,
        title: `${which}实际完成情况`,
        text: goal.achieved,
        missing: "must",
      });
  });
  return cells;
}

/** Names, department or goal of a form left blank. */
export const headBlank: Rule = formRule<Figures>({
  id: "head-blank",
  code: "AR-01",
  title: "表头名称或总体目标空白",
  explains:
    "项目名称、主管部门、预期目标和实际完成情况应当填写；实施单位空白只作建议。表上有这一格而空白的才算没有填；读不到这一格的（表式可能没有此栏），列为待人工判断。部门整体表没有项目名称。",
  kind: "auto",
  basis: [cite("form", "栏目齐全")],
  force: "must",
  needs: [],
  check: ({ form }) => {
    const traced = isTraced(form);
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const { at, title, text, missing } of cellsOf(form)) {
      if (text?.trim()) continue;
      if ((traced && form.origins[at] === undefined) || doubtAt(form, at)?.level === "lost") {
        if (missing === "must")
          unclear.push({ at: [at], why: `没有读到“${title}”一格，不能判断是空白还是表式没有此栏` });
        continue;
      }
      found.push({ at: [at], figures: { what: title }, ...(missing === "must" ? {} : { force: missing }) });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ what }) => `“${what}”没有填写。`,
  remedy: ({ what }) => `补填“${what}”。`,
  examples: {
    fails: [
      { says: "没有写主管部门", given: exampleForm({ department: null }) },
      { says: "没有写实际完成情况", given: exampleForm({ achieved: null }) },
    ],
    passes: [
      {
        says: "读取时没有读到预期目标",
        given: exampleForm({
          expected: null,
          notes: [{ level: "lost", code: "missing-key", says: "没有读到", place: "goal.expected", at: null }],
        }),
      },
      { says: "都填了", given: exampleForm() },
      {
        says: "部门整体表没有项目名称",
        given: exampleForm({ kind: "department-self-evaluation", project: null }),
      },
    ],
  },
});
