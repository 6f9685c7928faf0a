import type { getIndicatorTimeline, projectRowSchema, projectSchema } from "@jiheng/contract/http";
import { KIND_TITLES, type Kind } from "@jiheng/workflow";
import type { Selectable } from "kysely";
import type { z } from "zod";
import type { Schema } from "../../platform/database/schema.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import type { ProjectRow, TimelineRow } from "./store.ts";

type TimelineItem = ReplyOf<(typeof getIndicatorTimeline)["answer"]>["body"]["items"][number];

/** A project of the library. */
export function presentProject(row: ProjectRow): z.input<typeof projectSchema> {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    department: row.department,
    departmentName: row.department_name,
    unit: row.unit,
    unitName: row.unit_name,
    parent: row.parent,
    placeholderReason: row.placeholder_reason,
    createdAt: row.created_at.toISOString(),
  };
}

/** A row of a form. */
export function presentRow(row: Selectable<Schema["indicator_row"]>): z.input<typeof projectRowSchema> {
  return {
    indicator: row.indicator,
    position: row.position,
    level1: row.level1,
    level2: row.level2,
    name: row.name,
    target: row.target_text,
    unit: row.unit,
    actual: row.actual_text,
    points: row.points,
    score: row.score,
  };
}

const STAGES: Readonly<Record<string, TimelineItem["stage"]>> = {
  "target-declaration": "declared",
  adjustment: "adjusted",
  monitoring: "monitored",
  "self-evaluation": "reported",
  review: "reviewed",
};

/** What the forms say of an indicator, one after the other; what was published stands once more, as published. */
export function presentTimeline(rows: readonly TimelineRow[]): TimelineItem[] {
  return rows.flatMap((row): TimelineItem[] => {
    const kind = row.kind as Kind;
    const item: TimelineItem = {
      year: row.year,
      stage: STAGES[row.kind] ?? "reported",
      title: row.month === null ? KIND_TITLES[kind] : `${KIND_TITLES[kind]}（${row.month}月）`,
      submission: row.submission,
      sequence: row.sequence,
      month: row.month,
      state: row.state,
      name: row.name,
      target: row.target_text,
      comparison: row.comparison,
      targetValue: row.target_value,
      unit: row.unit,
      actual: row.actual_text,
      actualValue: row.actual_value,
      points: row.points,
      score: row.score,
      at: row.updated_at.toISOString(),
    };
    if (row.published_at === null || row.kind === "target-declaration") return [item];
    return [item, { ...item, stage: "published", title: "公开", at: row.published_at.toISOString() }];
  });
}
