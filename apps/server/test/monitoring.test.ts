import { getMonitoring, listMonitoring } from "@jiheng/contract/http";
import { monitoringForm } from "@jiheng/specimens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withPoints } from "../src/features/monitoring/points.ts";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
const ids: string[] = [];
const form = monitoringForm({ seed: 5, year: 2024 });
beforeAll(async () => {
  server = await testServer();
  for (const state of ["submitted", "draft", "approved"]) {
    const { submission } = await plantForm(server, { state, name: `监控${state}` });
    await server.platform.db
      .updateTable("submission")
      .set({ kind: "monitoring", month: 7, form: JSON.stringify(form) })
      .where("id", "=", submission)
      .execute();
    ids.push(submission);
  }
});
afterAll(() => server?.close());

describe("monitoring", () => {
  it("lights a lamp for every row with a figure and says why for the others", async () => {
    const client = await server.as("department-reviewer");
    const { body } = await client.done(getMonitoring, { params: { submission: ids[0] ?? "" } });
    expect(body.month).toBe(7);
    expect(body.rows).toHaveLength(form.indicators.length);
    expect(body.rows.filter(({ lamp }) => lamp !== null).length).toBeGreaterThan(3);
    for (const { lamp, says, basis } of body.rows) {
      expect(says.length).toBeGreaterThan(3);
      expect(basis === null).toBe(lamp === null);
    }
    expect(body.money.lamp).not.toBeNull();
    expect(body.goal.lamp).toBe("red");
  });

  it("forecasts the score of the year's end between its bounds, and says on what", async () => {
    const client = await server.as("clerk");
    const { forecast, noForecast } = (
      await client.done(getMonitoring, { params: { submission: ids[1] ?? "" } })
    ).body;
    expect(noForecast).toBeNull();
    const least = Number(forecast?.low.total ?? forecast?.low.between?.[0]);
    const most = Number(forecast?.high.total ?? forecast?.high.between?.[1]);
    expect(least).toBeGreaterThan(0);
    expect(least).toBeLessThanOrEqual(most);
    expect(most).toBeLessThanOrEqual(100);
    expect(forecast?.assumptions.join("")).toContain("参考权重");
  });

  it("lends points that make 100 in exact hundredths, and never over the form's own", () => {
    const { form: pointed, assumption } = withPoints(form, null);
    const hundredths = [...pointed.indicators, ...pointed.funds.slice(0, 1)].reduce(
      (sum, { points }) => sum + Math.round(Number(points) * 100),
      0,
    );
    expect(hundredths).toBe(10_000);
    expect(assumption).not.toBeNull();
    expect(withPoints(pointed, null)).toEqual({ form: pointed, assumption: null });
    expect(withPoints(form, pointed).assumption).toContain("批复");
  });

  it("lists the lamps of a body page by page; not for other kinds, bodies or made-up cursors", async () => {
    const client = await server.as("department-reviewer");
    const organisation = server.home.departments[0].id;
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { body } = await client.done(listMonitoring, {
        query: { year: "2024", organisation, limit: "2", ...(after ? { after } : {}) },
      });
      seen.push(...body.items.map(({ submission }) => submission));
      after = body.next;
    }
    expect(seen).toEqual([...ids].sort());
    const bad = await client.call(listMonitoring, { query: { year: "2024", organisation, after: "x" } });
    expect(bad.problem?.code).toBe("invalid-input");
    const other = server.home.departments[1].id;
    expect(
      (await client.call(listMonitoring, { query: { year: "2024", organisation: other } })).problem?.code,
    ).toBe("out-of-scope");
    const { submission } = await plantForm(server, { name: "自评" });
    expect((await client.call(getMonitoring, { params: { submission } })).problem?.code).toBe("wrong-state");
  });
});
