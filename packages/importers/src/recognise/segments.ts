import { headLabelOf, isGradeLabel } from "@jiheng/domain";
import type { Line } from "./lines.ts";
import { formNumberOf, inlinePairs, type Role, roleOf } from "./roles.ts";

/** The lines of one form, with what each is by its own words. */
export interface Segment {
  readonly lines: readonly { readonly line: Line; readonly role: Role }[];
}

interface Open {
  lines: { line: Line; role: Role }[];
  /** Where a title stands that may open the next form; -1 where none does. */
  pending: number;
  project: boolean;
  head: boolean;
  funds: boolean;
  goal: boolean;
  indicators: boolean;
  closed: boolean;
  sheet: string | null;
}

const open = (sheet: string | null): Open => ({
  lines: [],
  pending: -1,
  project: false,
  head: false,
  funds: false,
  goal: false,
  indicators: false,
  closed: false,
  sheet,
});

/** Cuts the stream of rows and lines into forms: at titles, at heads of a form that come again, at sheets. */
export function segmentsOf(lines: Iterable<Line>): Segment[] {
  const done: Segment[] = [];
  let current = open(null);

  const split = (): void => {
    const at = current.pending >= 0 ? current.pending : current.lines.length;
    const next = open(current.sheet);
    next.lines = current.lines.splice(at);
    if (current.lines.length > 0) done.push({ lines: current.lines });
    current = next;
  };

  for (const line of lines) {
    const role = roleOf(line);
    const sheet = line.table?.sheet ?? null;
    if (line.table && sheet !== current.sheet) {
      if (current.sheet !== null || current.funds || current.indicators) {
        current.pending = -1;
        split();
      }
      current.sheet = sheet;
    }
    const body = current.funds || current.goal || current.indicators;
    switch (role) {
      case "title":
        if ((body || current.head) && current.pending < 0) current.pending = leadOf(current.lines);
        break;
      case "head": {
        const opens = opensForm(line);
        if (opens.any && (current.funds || current.indicators || (current.goal && current.pending >= 0)))
          split();
        else if (opens.project && current.project && (current.pending >= 0 || !body)) split();
        current.head = true;
        if (opens.project) current.project = true;
        break;
      }
      case "funds-header":
        if (current.indicators || (current.funds && current.pending >= 0)) split();
        current.funds = true;
        break;
      case "goal-header":
        if (current.indicators && (current.pending >= 0 || current.closed || current.goal)) split();
        current.goal = true;
        break;
      case "goal-pair":
        if (current.indicators && current.pending >= 0) split();
        current.goal = true;
        break;
      case "indicator-header":
        // A title and a heading that come again at the top of a page belong to the form they interrupt.
        if (current.closed && current.pending >= 0) split();
        current.pending = -1;
        current.indicators = true;
        break;
      case "total":
        if (current.indicators) current.closed = true;
        break;
      case "grade":
        current.closed = true;
        break;
      default:
        break;
    }
    current.lines.push({ line, role });
  }
  if (current.lines.length > 0) done.push({ lines: current.lines });
  return done;
}

/** Where the lines begin that stand above a title and go with it: the number of the form, 附件2. */
function leadOf(lines: Open["lines"]): number {
  let at = lines.length;
  for (let index = lines.length - 1; index >= 0; index--) {
    const each = lines[index];
    if (!each || each.role === "title") break;
    const { filled } = each.line;
    if (filled.length === 0) continue;
    const text = filled[0]?.text ?? "";
    if (
      filled.length > 1 ||
      !(formNumberOf(text) !== null || /^附\s*(?:件|表)?\s*[\d一二三四五六七八九十-]*\s*[:：]?$/.test(text))
    )
      break;
    at = index;
  }
  return at;
}

function opensForm(line: Line): { any: boolean; project: boolean } {
  const first = line.filled[0];
  if (!first || isGradeLabel(first.text)) return { any: false, project: false };
  const labels = [headLabelOf(first.text), ...inlinePairs(first.text).map((pair) => pair.label)];
  const project = labels.includes("project");
  // Between tables a name of a unit also stands in signatures; only inside a table does it open a form.
  const named = line.table !== null && (labels.includes("department") || labels.includes("unit"));
  return { any: project || named, project };
}
