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

/** Starts no thread before the first task. */
export function createDocuments(options: DocumentsOptions = {}): Documents {
  const { threads = 2, seconds = 120, heapMegabytes = 768, waiting = 200 } = options;
  const queue: Waiting[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let isStopped = false;
  let count = 0;

  function startThread(): Worker {
    const worker = new Worker(new URL("./documents-thread.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    worker.unref();
    all.add(worker);
    return worker;
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
        all.delete(worker);
        // What it does after this nobody hears.
        worker.on("error", () => {});
        void worker.terminate();
      }
      end();
      next();
    };
    const refuse = (says: string) => () => job.settle({ kind: "refused", says } satisfies NotWritten);
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
    const leave = (): void => over(false, () => job.fail(new Error("a document thread ended by itself")));
    worker.on("message", hear);
    worker.on("error", fail);
    worker.on("exit", leave);
    worker.ref();
    worker.postMessage({ id, task: job.task });
  }

  return {
    run: (task, signal) =>
      new Promise((resolve, reject) => {
        const refused = (says: string): NotWritten => ({ kind: "refused", says });
        if (isStopped) return resolve(refused("服务正在停止，请稍后重试。"));
        if (queue.length >= waiting) return resolve(refused("等待处理的文件太多，请稍后重试。"));
        const job: Waiting = { task, settle: resolve as (result: unknown) => void, fail: reject };
        queue.push(job);
        signal?.addEventListener(
          "abort",
          () => {
            // Nobody waits for it any more; one that is at work is let finish, its time is bounded.
            const at = queue.indexOf(job);
            if (at >= 0) queue.splice(at, 1);
            resolve(refused("请求已取消。"));
          },
          { once: true },
        );
        next();
      }),
    stop: async () => {
      isStopped = true;
      for (const job of queue.splice(0)) job.settle({ kind: "refused", says: "服务正在停止，请稍后重试。" });
      await Promise.all([...all].map((worker) => worker.terminate()));
      all.clear();
    },
  };
}
