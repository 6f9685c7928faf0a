// The server that bench/kill-drill.ts kills: a write is one transaction over three tables, acknowledged after its commit.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { DatabaseUnavailable } from "../../src/platform/database/database-unavailable.ts";
import { migrate } from "../../src/platform/database/migrate.ts";
import { inTransaction, openDatabase } from "../../src/platform/database/open-database.ts";
import { startPostgres } from "../../src/platform/postgres/start-postgres.ts";

const PARTS = 5;
const TABLES = {
  id: "0001-drill",
  sql: `create table head (one boolean primary key, entries bigint not null);
    insert into head values (true, 0);
    create table entry (id bigint primary key, parts int not null);
    create table part (entry bigint not null, position int not null, word text not null, primary key (entry, position));`,
};

const [dataDir = "", settings = "{}"] = process.argv.slice(2);
const log = { info() {}, warn() {}, error: (message: string) => console.error(message) };
const postgres = await startPostgres({ dataDir, log, settings: JSON.parse(settings) });
const { db, close } = openDatabase(postgres.connection, { log, poolSize: 8 });
await migrate(db, [TABLES], log);
const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    const away = error instanceof DatabaseUnavailable;
    if (!away) console.error(error);
    response.writeHead(away ? 503 : 500).end();
  });
});
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on("SIGTERM", async () => {
  server.close();
  await close();
  await postgres.stop();
  process.exit(0);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = /^\/write\/(\d+)$/.exec(request.url ?? "")?.[1];
  if (id !== undefined) {
    await write(BigInt(id));
    response.writeHead(204).end();
    return;
  }
  const { rows } = await sql`
    select entry.id::int as id, entry.parts = ${PARTS} and (select entries from head) = (select count(*) from entry)
      and (select array_agg(position order by position) from part where part.entry = entry.id) = array[1, 2, 3, 4, 5] as whole
    from entry order by id`.execute(db);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
}

async function write(id: bigint): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const made =
      await sql`insert into entry values (${id}, ${PARTS}) on conflict do nothing returning id`.execute(
        transaction,
      );
    if (made.rows.length === 0) return;
    for (let position = 1; position <= PARTS; position++)
      await sql`insert into part values (${id}, ${position}, ${"绩效".repeat(position * 20)})`.execute(
        transaction,
      );
    await sql`update head set entries = entries + 1`.execute(transaction);
  });
}
