import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { killDrill, rowsSubject, type Subject } from "../../../bench/kill-drill.ts";
import { processesIn } from "../src/platform/postgres/server-process.ts";

it("no acknowledged write is lost, half-written or doubled when server and database are killed", {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "jiheng-kill-drill-"));
  chmodSync(folder, 0o755);
  try {
    // What a killed process wrote stays in the memory of the system, so the small drill need not wait for the disk.
    const subject = rowsSubject(folder, { fsync: "off", shared_buffers: "32MB" });
    const result = await killDrill(subject, { kills: 6, seed: 4, lanes: 4, longestQuiet: 300 });
    expect(result).toMatchObject({ lost: [], torn: [], doubled: [] });
    expect(Object.values(result.kills).filter((times) => times > 0).length).toBeGreaterThan(2);
    expect(result.acknowledged).toBeGreaterThan(20);
    expect(processesIn(join(folder, "postgres"))).toEqual([]);
  } finally {
    for (const pid of processesIn(join(folder, "postgres"))) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});

it("the drill sees what is lost, half-written and doubled", async () => {
  const folder = mkdtempSync(join(tmpdir(), "jiheng-kill-drill-"));
  chmodSync(folder, 0o755);
  const real = rowsSubject(folder, { fsync: "off", shared_buffers: "32MB" });
  const careless: Subject = {
    ...real,
    write: async (id) => (id === 3 ? true : real.write(id)),
    readBack: async () => {
      const rows = await real.readBack();
      return rows.flatMap((row) =>
        row.id === 1 ? [{ ...row, whole: false }] : row.id === 2 ? [row, row] : [row],
      );
    },
  };
  try {
    const result = await killDrill(careless, { kills: 0, seed: 1, lanes: 4, longestQuiet: 0 });
    expect(result).toMatchObject({ lost: [3], torn: [1], doubled: [2] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
