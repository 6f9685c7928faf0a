import type { Subject } from "@jiheng/workflow";
import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

/** A body of the tree. */
export interface Body {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

/** A body with those above it, from the region down; of null the region's own body. Empty where the region has no such body. */
export async function lineageOf(db: Kysely<Schema>, region: string, id: string | null): Promise<Body[]> {
  const start = id === null ? sql`parent is null` : sql`id = ${id}`;
  const { rows } = await sql<Body>`
    with recursive up (id, kind, name, parent, height) as (
      select id, kind, name, parent, 0 from organisation where region = ${region} and ${start}
      union all
      select o.id, o.kind, o.name, o.parent, up.height + 1
      from organisation o join up on o.region = ${region} and o.id = up.parent
    ) select id, kind, name from up order by height desc`.execute(db);
  return rows;
}

/** A body as what a permission is asked about. */
export function subjectOfBody(lineage: readonly Pick<Body, "id">[]): Subject {
  return {
    organisations: lineage.map(({ id }) => id),
    kind: null,
    state: null,
    desk: null,
    submission: null,
    project: null,
    authors: [],
  };
}
