// Stands in for a documents thread: the name of a task says what goes wrong.
import { parentPort } from "node:worker_threads";

const WAYS: Readonly<Record<string, () => unknown>> = {
  loop: () => {
    for (;;);
  },
  hoard: () => {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => `${kept.length} ${index}`));
  },
  leave: () => process.exit(3),
  fault: () => {
    throw new TypeError("planted fault");
  },
  crash: () => {
    setTimeout(() => {
      throw new Error("planted crash");
    }, 0);
    return new Promise(() => {});
  },
  "crash-later": () => {
    setTimeout(() => {
      throw new Error("planted crash between tasks");
    }, 20);
    return "done";
  },
  slow: () => new Promise((resolve) => setTimeout(() => resolve("slow"), 150)),
};

parentPort?.on("message", async ({ id, task }: { readonly id: number; readonly task: { name: string } }) => {
  try {
    parentPort?.postMessage({ id, result: await (WAYS[task.name] ?? (() => task.name))() });
  } catch (error) {
    parentPort?.postMessage({ id, fault: String(error) });
  }
});
