import type pg from "pg";

/** A table as a backup sees it: a partitioned one counts once, generated columns are left out. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Where a sequence stands. */
export interface SequenceState {
  readonly name: string;
  readonly value: string;
  readonly isCalled: boolean;
}

/** Whatever answers SQL on one connection. */
export type Connection = Pick<pg.ClientBase, "query">;

/** What `migrate` keeps itself. */
const MIGRATIONS_TABLE = "schema_migration";
const NOT_OF_AN_EXTENSION = `not exists (
  select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')`;

/** All tables of `public`, those of extensions and of `migrate` apart, by name. */
export async function tablesIn(connection: Connection): Promise<TableShape[]> {
  const { rows } = await connection.query<TableShape>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> $1 and ${NOT_OF_AN_EXTENSION}
     group by c.relname order by c.relname collate "C"`,
    [MIGRATIONS_TABLE],
  );
  return rows;
}

/** All sequences of `public`, those behind identity columns among them, by name. */
export async function sequencesIn(connection: Connection): Promise<SequenceState[]> {
  const { rows } = await connection.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' and ${NOT_OF_AN_EXTENSION} order by c.relname collate "C"`,
  );
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    const state = await connection.query(
      `select last_value::text as value, is_called from public.${quoted(name)}`,
    );
    states.push({ name, value: state.rows[0].value, isCalled: state.rows[0].is_called });
  }
  return states;
}

/** Statements that take something off the tables and put it back as it was. */
export interface Removable {
  readonly off: string;
  readonly on: string;
}

/**
 * Keys and indexes of `public`, in the order to take them off: foreign keys first, since they rest on the others. Those of partitioned
 * tables stay, apart from foreign keys.
 */
export async function keysAndIndexesIn(connection: Connection): Promise<Removable[]> {
  const { rows } = await connection.query<Removable>(
    `select format('alter table public.%I drop constraint %I', c.relname, k.conname) as off,
       format('alter table public.%I add constraint %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as on,
       case k.contype when 'f' then 1 else 2 end as turn, k.conname as name
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.connamespace = 'public'::regnamespace and ${NOT_OF_AN_EXTENSION}
       and (k.contype = 'f' and k.conparentid = 0 or k.contype in ('p', 'u') and c.relkind = 'r' and not c.relispartition)
       and c.relname <> $1
     union all
     select format('drop index public.%I', i.relname), pg_get_indexdef(x.indexrelid), 3, i.relname
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition and ${NOT_OF_AN_EXTENSION}
       and not exists (select from pg_constraint where conindid = x.indexrelid and contype in ('p', 'u', 'x'))
       and c.relname <> $1
     order by turn, name`,
    [MIGRATIONS_TABLE],
  );
  return rows;
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
