import { Worker } from "node:worker_threads";
import type { NotWritten, Task, TaskResult } from "./tasks.ts";

/** How much threads may take. */
export interface DocumentsOptions {
  readonly threads?: number;
  /** Of one task, before its thread is ended and another started. */
  readonly seconds?: number;
  readonly heapMegabytes?: number;
  /** Tasks that may wait; more are refused rather than piled up. */
  readonly waiting?: number;
  /** What a thread runs; tests bring one that misbehaves. */
  readonly module?: URL;
}

/** Threads that read and make documents, so that no request waits for another one's file. */
export interface Documents {
  /** What a thread made of the task. A task that takes too long or too much is refused; a bug in it is thrown here. */
  readonly run: <T extends Task>(
    task: T,
    signal?: AbortSignal,
  ) => Promise<TaskResult<T["type"]> | NotWritten>;
  readonly stop: () => Promise<void>;
}

interface Waiting {
  readonly task: Task;
  readonly settle: (result: unknown) => void;
  readonly fail: (error: Error) => void;
}

const refusal = (says: string, passing?: NotWritten["passing"]): NotWritten => ({
  kind: "refused",
  says,
  ...(passing ? { passing } : {}),
});
const STOPPING = refusal("服务正在停止，请稍后重试。", "stopping");
const BUSY = refusal("等待处理的文件太多，请稍后重试。", "busy");
const GIVEN_UP = refusal("请求已取消。", "given-up");

/**
 * A thread that reaches its limit gets 16 MB more to end in. A larger young generation, which engines choose by the machine, can
 * move more than that at once, and then the whole process ends instead of the thread.
 */
const YOUNG_MEGABYTES = 32;

/** Starts no thread before the first task. */
export function createDocuments(options: DocumentsOptions = {}): Documents {
  const { threads = 2, seconds = 120, heapMegabytes = 768, waiting = 200 } = options;
  const { module = new URL("./documents-thread.ts", import.meta.url) } = options;
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let isStopped = false;
  let count = 0;

  function startThread(): Worker {
    const worker = new Worker(module, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
    });
    worker.unref();
    all.add(worker);
    // It may also fall between two tasks, by something the last one left behind.
    worker.on("error", () => lose(worker));
    worker.on("exit", () => lose(worker));
    return worker;
  }

  function lose(worker: Worker): void {
    all.delete(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  }

  function next(): void {
    if (isStopped || queue.length === 0) return;
    const worker = idle.pop() ?? (all.size < threads ? startThread() : null);
    const job = worker ? queue.shift() : undefined;
    if (!worker || !job) return;
    count += 1;
    const id = count;
    let isOver = false;
    const over = (isReusable: boolean, end: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      worker.off("message", hear);
      worker.off("error", fail);
      worker.off("exit", leave);
      worker.unref();
      if (isReusable) idle.push(worker);
      else {
        lose(worker);
        void worker.terminate();
      }
      end();
      next();
    };
    const refuse = (says: string) => () => job.settle(refusal(says));
    const timer = setTimeout(
      () => over(false, refuse(`处理超过 ${seconds} 秒，已停止。请分批办理，或简化文件后再试。`)),
      seconds * 1000,
    );
    const hear = (answer: {
      readonly id: number;
      readonly result?: unknown;
      readonly fault?: string;
    }): void => {
      if (answer.id !== id) return;
      if (answer.fault === undefined) over(true, () => job.settle(answer.result));
      else over(true, () => job.fail(new Error(`in a document thread: ${answer.fault}`)));
    };
    const fail = (error: Error & { readonly code?: string }): void => {
      const isTooMuch = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      over(false, isTooMuch ? refuse("处理所需内存超过上限，已停止。请分批办理。") : () => job.fail(error));
    };
    const leave = (): void =>
      over(false, () =>
        isStopped ? job.settle(STOPPING) : job.fail(new Error("a document thread ended by itself")),
      );
    worker.on("message", hear);
    worker.on("error", fail);
    worker.on("exit", leave);
    worker.ref();
    worker.postMessage({ id, task: job.task });
  }

  return {
    run: (task, signal) =>
      new Promise((resolve, reject) => {
        if (isStopped) return resolve(STOPPING);
        if (signal?.aborted) return resolve(GIVEN_UP);
        if (queue.length >= waiting) return resolve(BUSY);
        // Nobody waits for it any more; one that is at work is let finish, its time is bounded.
        const giveUp = (): void => {
          const at = queue.indexOf(job);
          if (at >= 0) queue.splice(at, 1);
          job.settle(GIVEN_UP);
        };
        // One signal may see thousands of tasks: it must not hold them all to its end.
        const ended =
          <V>(end: (value: V) => void) =>
          (value: V): void => {
            signal?.removeEventListener("abort", giveUp);
            end(value);
          };
        const job: Waiting = {
          task,
          settle: ended(resolve as (result: unknown) => void),
          fail: ended<Error>(reject),
        };
        queue.push(job);
        signal?.addEventListener("abort", giveUp, { once: true });
        next();
      }),
    stop: async () => {
      isStopped = true;
      for (const job of queue.splice(0)) job.settle(STOPPING);
      await Promise.all([...all].map((worker) => worker.terminate()));
      all.clear();
    },
  };
}
