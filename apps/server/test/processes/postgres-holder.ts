// A process of its own that uses the server of a data folder until its input says `stop`: for tests of several processes.
import { startPostgres } from "../../src/platform/postgres/start-postgres.ts";

const [dataDir = "", postgres] = process.argv.slice(2);
const log = { info() {}, warn() {}, error() {} };
const server = await startPostgres({
  dataDir,
  log,
  postgres,
  settings: { fsync: "off", shared_buffers: "32MB" },
});
server.onExit((event) => say({ event, pid: server.pid() }));
say({ how: server.how, pid: server.pid() });
process.stdin.on("data", async () => {
  say({ stopped: await server.stop() });
  process.exit(0);
});

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
