import type { Form } from "@jiheng/domain";
import { variedForm } from "@jiheng/specimens";
import { afterEach, describe, expect, it } from "vitest";
import {
  createDocuments,
  type Documents,
  type DocumentsOptions,
} from "../src/platform/documents/documents.ts";
import { fileOfForm } from "../src/platform/documents/form-file.ts";

const MISBEHAVING = new URL("./processes/misbehaving-thread.ts", import.meta.url);
let documents: Documents;
afterEach(() => documents?.stop());

function misbehaving(options: DocumentsOptions = {}) {
  documents = createDocuments({ threads: 1, seconds: 20, module: MISBEHAVING, ...options });
  return (name: string, signal?: AbortSignal): Promise<unknown> =>
    documents.run({ type: "read", name, bytes: new Uint8Array(), sha256: "" }, signal);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("threads for documents", () => {
  it("end a task that takes too long, say so, and go on with the next", async () => {
    const run = misbehaving({ seconds: 2 });
    const [endless, next] = await Promise.all([run("loop"), run("next")]);
    expect(endless).toMatchObject({ kind: "refused", says: expect.stringContaining("超过 2 秒") });
    expect(endless).not.toHaveProperty("passing");
    expect(next).toBe("next");
  });

  it("end a task that takes too much memory, not the server", async () => {
    const run = misbehaving({ heapMegabytes: 48 });
    const [hoard, next] = await Promise.all([run("hoard"), run("next")]);
    expect(hoard).toMatchObject({ kind: "refused", says: expect.stringContaining("内存") });
    expect(next).toBe("next");
  });

  it.each(["crash", "leave", "fault"])("pass on a %s to whoever asked, and to nobody else", async (way) => {
    const run = misbehaving();
    const [broken, next] = await Promise.allSettled([run(way), run("next")]);
    expect(broken).toMatchObject({ status: "rejected", reason: expect.any(Error) });
    expect(next).toMatchObject({ status: "fulfilled", value: "next" });
  });

  it("are replaced when they fall between two tasks", async () => {
    const run = misbehaving();
    expect(await run("crash-later")).toBe("done");
    await pause(300);
    expect(await run("next")).toBe("next");
  });

  it("refuse what is too much to wait for, as something that passes", async () => {
    const run = misbehaving({ waiting: 2 });
    const all = await Promise.all([run("slow"), run("a"), run("b"), run("c")]);
    expect(all).toEqual(["slow", "a", "b", expect.objectContaining({ kind: "refused", passing: "busy" })]);
    expect(await run("later")).toBe("later");
  });

  it("do nothing for whoever gave up, and keep nothing of it", async () => {
    const run = misbehaving();
    const control = new AbortController();
    const slow = run("slow");
    const waiting = run("loop", control.signal);
    control.abort();
    expect(await waiting).toMatchObject({ kind: "refused", passing: "given-up" });
    expect(await slow).toBe("slow");
    expect(await run("loop", control.signal)).toMatchObject({ passing: "given-up" });
    expect(await run("next")).toBe("next");
  });

  it("leave nothing behind on a signal that sees many tasks", async () => {
    const run = misbehaving();
    const held = new Set<unknown>();
    const signal = new AbortController().signal;
    const { addEventListener, removeEventListener } = signal;
    Object.assign(signal, {
      addEventListener: (type: "abort", listener: () => void) => {
        held.add(listener);
        addEventListener.call(signal, type, listener);
      },
      removeEventListener: (type: "abort", listener: () => void) => {
        held.delete(listener);
        removeEventListener.call(signal, type, listener);
      },
    });
    for (const name of ["a", "b", "c"]) await run(name, signal);
    expect(held.size).toBe(0);
  });

  it("stop at once: what runs and what waits is told that it may come again", async () => {
    const run = misbehaving();
    const all = Promise.all([run("loop"), run("next")]);
    await pause(200);
    await documents.stop();
    expect(await all).toEqual([
      expect.objectContaining({ kind: "refused", passing: "stopping" }),
      expect.objectContaining({ kind: "refused", passing: "stopping" }),
    ]);
    expect(await run("late")).toMatchObject({ passing: "stopping" });
  });
});

describe("real documents", () => {
  it("that need more memory than a thread has are refused, and the next one is made", async () => {
    documents = createDocuments({ threads: 1, heapMegabytes: 150 });
    const forms = Array.from({ length: 400 }, (_, seed) =>
      variedForm({ seed: seed % 7, template: "national" }),
    );
    const many = await documents.run({
      ...{ type: "forms", format: "xlsx", template: null },
      forms: Array.from({ length: 25 }, () => forms).flat(),
    });
    expect(many).toMatchObject({ kind: "refused", says: expect.stringContaining("内存") });
    const one = await fileOfForm(documents, forms[0] as Form, "docx");
    expect(one).toMatchObject({ kind: "written", says: [] });
  });

  it("say which letters no font has and which parts a layout has no place for", async () => {
    documents = createDocuments({ threads: 1 });
    const form = { ...variedForm({ seed: 8, template: "national" }), project: "水闸\u{1F9EA}检修" };
    const pdf = await fileOfForm(documents, form, "pdf");
    expect(pdf).toMatchObject({ kind: "written", says: [expect.stringContaining("\u{1F9EA}")] });
  });
});
