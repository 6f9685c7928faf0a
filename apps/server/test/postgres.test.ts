import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountForPostgres, asAccount } from "../src/platform/postgres/account.ts";
import { processesIn, readPidFile } from "../src/platform/postgres/server-process.ts";
import {
  type PostgresConnection,
  type RunningPostgres,
  startPostgres,
} from "../src/platform/postgres/start-postgres.ts";
import { SERVERS, SYSTEM_15, silent } from "./database.ts";

/** What the system holds in memory survives a killed process, so these tests need not wait for the disk. */
const UNSYNCED = { fsync: "off", shared_buffers: "32MB" };
const isRoot = process.getuid?.() === 0;

describe.each(SERVERS)("the supervisor $title", ({ server, skip }) => {
  const postgres = server === "embedded" ? "embedded" : SYSTEM_15;
  let folder: string;
  let dataDir: string;
  let holders: ChildProcess[];
  let running: RunningPostgres[];
  let made: string;

  /** Making a folder takes most of a second, so most tests start from a copy of one. */
  beforeAll(async () => {
    if (skip) return;
    made = mkdtempSync(join(tmpdir(), "jiheng-supervisor-"));
    chmodSync(made, 0o755);
    await (await startPostgres({ dataDir: made, log: silent, postgres })).stop();
  });
  afterAll(() => made && rmSync(made, { recursive: true, force: true }));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "jiheng-supervisor-"));
    chmodSync(folder, 0o755);
    dataDir = join(folder, "data");
    holders = [];
    running = [];
  });

  afterEach(async () => {
    for (const holder of holders) holder.kill("SIGKILL");
    for (const one of running) await one.stop();
    for (const pid of processesIn(join(dataDir, "postgres"))) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const copyMade = () => spawnSync("cp", ["-a", made, dataDir]);

  const start = async (settings: Record<string, string> = UNSYNCED) => {
    const one = await startPostgres({ dataDir, log: silent, postgres, settings });
    running.push(one);
    return one;
  };

  it.skipIf(skip)("makes a data folder, starts again, and leaves nothing running", async () => {
    const first = await start();
    expect(first.how).toBe("initialised");
    await query(first.connection, "create table kept (word text)");
    await query(first.connection, "insert into kept values ('绩效')");
    const pid = first.pid() ?? 0;
    expect(await first.stop()).toBe("stopped");
    expect(processesIn(join(dataDir, "postgres"))).toEqual([]);
    expect(readPidFile(join(dataDir, "postgres"))).toBeNull();
    const second = await start();
    expect(second.how).toBe("started");
    expect(second.pid()).not.toBe(pid);
    expect(await query(second.connection, "select word from kept")).toEqual([{ word: "绩效" }]);
  });

  it.skipIf(skip)(
    "is safe by its settings: synced, checksummed, not on the network, password asked, no superuser",
    async () => {
      copyMade();
      const { connection, admin } = await start({});
      const shown = async (name: string) => (await query(connection, `show ${name}`))[0]?.[name];
      expect(await shown("fsync")).toBe("on");
      expect(await shown("synchronous_commit")).toBe("on");
      expect(await shown("full_page_writes")).toBe("on");
      expect(await shown("data_checksums")).toBe("on");
      expect(await shown("listen_addresses")).toBe("");
      expect(await shown("server_encoding")).toBe("UTF8");
      expect(
        await query(connection, "select usesuper, usecreatedb from pg_user where usename = current_user"),
      ).toEqual([{ usesuper: false, usecreatedb: false }]);
      await expect(query({ ...connection, password: "wrong" }, "select 1")).rejects.toMatchObject({
        code: "28P01",
      });
      await expect(query({ ...admin, password: "" }, "select 1")).rejects.toThrow();
      expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
      expect(statSync(join(dataDir, "postgres", "jiheng.json")).mode & 0o777).toBe(0o600);
    },
  );

  it.skipIf(skip)("starts the server again when it is killed", async () => {
    copyMade();
    const one = await start();
    const pid = one.pid() ?? 0;
    const events: string[] = [];
    const back = new Promise<void>((done) => {
      one.onExit((event) => {
        events.push(event);
        if (event === "back") done();
      });
    });
    process.kill(pid, "SIGKILL");
    await back;
    expect(events).toEqual(["lost", "back"]);
    expect(one.pid()).not.toBe(pid);
    expect(await query(one.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it.skipIf(skip)("is one server for all processes, and the last one out stops it", async () => {
    const [one, other] = [hold(), hold()];
    const [first, second] = await Promise.all([heard(one, "how"), heard(other, "how")]);
    expect(first.pid).toBe(second.pid);
    expect(await stopped(one)).toBe("leftToOthers");
    expect(processesIn(join(dataDir, "postgres")).length).toBeGreaterThan(0);
    const third = await start();
    expect(third.how).toBe("adopted");
    expect(await stopped(other)).toBe("leftToOthers");
    expect(await third.stop()).toBe("stopped");
    expect(processesIn(join(dataDir, "postgres"))).toEqual([]);
  });

  it.skipIf(skip)("sorts anew when the order of text has changed", async () => {
    copyMade();
    const one = await start();
    await query(one.admin, "update pg_database set datcollversion = '0' where datname = 'jiheng'");
    await one.stop();
    const said: string[] = [];
    const again = await startPostgres({
      dataDir,
      postgres,
      log: { ...silent, warn: (message) => said.push(message) },
    });
    running.push(again);
    expect(said.join()).toContain("jiheng");
    const versions = await query(
      again.admin,
      "select datcollversion <> '0' as renewed from pg_database where datname = 'jiheng'",
    );
    expect(versions).toEqual([{ renewed: true }]);
  });

  // What follows is about processes and folders, not about what one PostgreSQL does and another does not.
  if (server === "system15") return;

  it.skipIf(skip || !isRoot)("runs as another account where this process is root", async () => {
    copyMade();
    const one = await start();
    const status = readFileSync(`/proc/${one.pid()}/status`, "utf8");
    const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
    const gid = Number(/^Gid:\s+(\d+)/m.exec(status)?.[1]);
    expect(uid).not.toBe(0);
    expect(gid).not.toBe(0);
    expect(/^Groups:\s*$/m.test(status)).toBe(true);
    expect(statSync(join(dataDir, "postgres")).uid).toBe(uid);
  });

  it.skipIf(skip || !isRoot)("puts its files where that account can go, and finds them again", async () => {
    chmodSync(folder, 0o700);
    const one = await start();
    const cluster = readFileSync(join(dataDir, "postgres.location"), "utf8").trim();
    try {
      expect(existsSync(join(cluster, "PG_VERSION"))).toBe(true);
      expect(existsSync(join(dataDir, "postgres"))).toBe(false);
      await one.stop();
      const again = await start();
      expect(again.how).toBe("started");
      expect(again.folder).toBe(cluster);
      await again.stop();
      // A container whose disk is new is not to begin an empty database in silence.
      renameSync(cluster, `${cluster}.away`);
      await expect(start()).rejects.toMatchObject({
        trouble: "folder",
        message: expect.stringContaining(cluster),
      });
      renameSync(`${cluster}.away`, cluster);
    } finally {
      for (const each of running) await each.stop();
      rmSync(cluster, { recursive: true, force: true });
      rmSync(`${cluster}.log`, { force: true });
    }
  });

  it.skipIf(skip)("finds a short place for its socket when the path is long", async () => {
    dataDir = join(folder, "很长的数据目录".repeat(6), "data");
    const one = await start();
    expect(one.connection.host.startsWith("/tmp/jiheng-")).toBe(true);
    expect(statSync(one.connection.host).mode & 0o777).toBe(0o700);
    expect(await query(one.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await one.stop();
    rmSync(one.connection.host, { recursive: true, force: true });
  });

  it.skipIf(skip)("starts over a pid file that names a stranger", async () => {
    copyMade();
    const one = await start();
    process.kill(one.pid() ?? 0, "SIGKILL");
    await one.stop();
    const file = join(dataDir, "postgres", "postmaster.pid");
    const stranger = spawn("sleep", ["60"], {
      ...asAccount(accountForPostgres(join(dataDir, "postgres"))),
      stdio: "ignore",
    });
    try {
      // Left by a container that was killed; in the next one the id is somebody else's, of the same account.
      if (existsSync(file))
        writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(stranger.pid)));
      else
        writeFileSync(
          file,
          `${stranger.pid}\n${join(dataDir, "postgres")}\n1700000000\n5432\n${one.connection.host}\n\n`,
        );
      expect((await start()).how).toBe("started");
    } finally {
      stranger.kill("SIGKILL");
    }
  });

  it.skipIf(skip)("leaves no half-made folder when it is killed while making one", async () => {
    const holder = hold();
    await new Promise((done) => setTimeout(done, 350));
    holder.kill("SIGKILL");
    await new Promise((done) => holder.on("exit", done));
    expect(existsSync(join(dataDir, "postgres", "PG_VERSION"))).toBe(false);
    expect((await start()).how).toBe("initialised");
    expect(readdirSync(dataDir).filter((name) => name.includes(".new-"))).toEqual([]);
  });

  it.skipIf(skip)("starts though a session of the dead server hangs on to its memory", async () => {
    copyMade();
    const one = await start();
    const client = new pg.Client({ ...one.connection });
    client.on("error", () => {});
    await client.connect();
    const session = (await client.query("select pg_backend_pid() as pid")).rows[0].pid;
    process.kill(session, "SIGSTOP");
    const back = new Promise<void>((done) => one.onExit((event) => event === "back" && done()));
    process.kill(one.pid() ?? 0, "SIGKILL");
    await back;
    expect(processesIn(join(dataDir, "postgres"))).not.toContain(session);
    expect(await query(one.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await client.end().catch(() => {});
  });

  it.skipIf(skip)("adopts the server of a process that was killed, and takes over its care", async () => {
    copyMade();
    const holder = hold();
    const { pid } = await heard(holder, "how");
    holder.kill("SIGKILL");
    await new Promise((done) => holder.on("exit", done));
    const one = await start();
    expect(one.how).toBe("adopted");
    expect(one.pid()).toBe(pid);
    const back = new Promise<void>((done) => one.onExit((event) => event === "back" && done()));
    process.kill(Number(pid), "SIGKILL");
    await back;
    expect(await query(one.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await one.stop()).toBe("stopped");
  });

  it.skipIf(skip)("survives both being killed, again and again", async () => {
    copyMade();
    for (let round = 0; round < 2; round++) {
      const holder = hold();
      const { pid } = await heard(holder, "how");
      process.kill(Number(pid), "SIGKILL");
      holder.kill("SIGKILL");
      await new Promise((done) => holder.on("exit", done));
    }
    const one = await start();
    expect(await query(one.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it.skipIf(skip)("says why it cannot start", async () => {
    const absent = startPostgres({ dataDir, log: silent, postgres, mayInitialise: false });
    await expect(absent).rejects.toMatchObject({
      trouble: "folder",
      message: expect.stringContaining(dataDir),
    });
    expect(existsSync(dataDir)).toBe(false);
    copyMade();
    await (await start()).stop();
    await expect(start({ shared_buffers: "many" })).rejects.toMatchObject({
      trouble: "cannotStart",
      message: expect.stringContaining("shared_buffers"),
    });
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "9\n");
    await expect(start()).rejects.toMatchObject({
      trouble: "otherVersion",
      message: expect.stringContaining("PostgreSQL 9"),
    });
  });

  function hold(): ChildProcess {
    const holder = spawn(
      process.execPath,
      [join(import.meta.dirname, "processes", "postgres-holder.ts"), dataDir, postgres ?? ""],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    holders.push(holder);
    return holder;
  }

  async function stopped(holder: ChildProcess): Promise<unknown> {
    const heardIt = heard(holder, "stopped");
    holder.stdin?.write("stop\n");
    return (await heardIt).stopped;
  }
});

/** The next line of a holder that has the key. */
function heard(holder: ChildProcess, key: string): Promise<Record<string, unknown>> {
  return new Promise((done, fail) => {
    if (!holder.stdout) return fail(new Error("no output"));
    holder.on("exit", (code) => fail(new Error(`ended with ${code}`)));
    createInterface({ input: holder.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      if (key in said) done(said);
    });
  });
}

async function query(connection: PostgresConnection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
