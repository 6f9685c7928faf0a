import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers";
import { Worker } from "node:worker_threads";
import type { GridResult, Refusal } from "../grid.ts";
import { refuse } from "../readers/refusals.ts";
import type { Answer, Task } from "./engine-thread.ts";

/** What one file may take. A page of a form takes some 30 ms; the engine itself half a second to load. */
const PAGE_SECONDS = 10;
const FILE_SECONDS = 120;
const HEAP_MEGABYTES = 256;
/** What the process may grow by while a file is read; unpacked streams lie outside the heap of the thread. */
const GROWTH_MEGABYTES = 320;
const STACK_MEGABYTES = 4;

const RETRY = "请用浏览器或 WPS 打开后重新打印成 PDF，或提供填报时的 Word、Excel 文件";
const TOO_SLOW = refuse("pdf-too-slow", `PDF 过于复杂，读取超过时限`, RETRY);
const TOO_HEAVY = refuse("too-large", "PDF 展开后过大，超出可读取的内存上限", RETRY);

function damaged(reason: string): Refusal {
  const said = reason.replace(/\s+/g, " ").slice(0, 80);
  return refuse("damaged-pdf", `PDF 文件损坏或不合格式，无法读取${said === "" ? "" : `（${said}）`}`, RETRY);
}

let thread: Worker | null = null;
let numbered = 0;
/** Files wait for one another: a second engine would take its memory once more. */
let queue: Promise<unknown> = Promise.resolve();

function start(): Worker {
  const worker = new Worker(new URL("./engine-thread.ts", import.meta.url), {
    resourceLimits: {
      maxOldGenerationSizeMb: HEAP_MEGABYTES,
      maxYoungGenerationSizeMb: 32,
      stackSizeMb: STACK_MEGABYTES,
    },
    stdout: true,
    stderr: true,
  });
  // The thread must not keep a program alive that has nothing else to do.
  worker.unref();
  return worker;
}

async function ask(bytes: Uint8Array): Promise<GridResult> {
  numbered += 1;
  const id = numbered;
  const worker = thread ?? start();
  thread = worker;
  worker.ref();
  return new Promise<GridResult>((resolve) => {
    let slow: NodeJS.Timeout;
    const before = process.memoryUsage.rss();
    const weigh = setInterval(() => {
      if (process.memoryUsage.rss() - before > GROWTH_MEGABYTES * 1024 * 1024) stop(TOO_HEAVY);
    }, 50);
    const late = setTimeout(() => stop(TOO_SLOW), FILE_SECONDS * 1000);
    const watch = (): void => {
      clearTimeout(slow);
      slow = setTimeout(() => stop(TOO_SLOW), PAGE_SECONDS * 1000);
    };
    const settle = (result: GridResult): void => {
      clearTimeout(slow);
      clearTimeout(late);
      clearInterval(weigh);
      worker.off("message", hear);
      worker.off("error", fail);
      worker.off("exit", leave);
      worker.unref();
      resolve(result);
    };
    const stop = (result: GridResult): void => {
      if (thread === worker) thread = null;
      // What it does after this nobody hears.
      worker.on("error", () => {});
      void worker.terminate();
      settle(result);
    };
    const hear = (answer: Answer): void => {
      if (answer.id !== id) return;
      if (answer.kind === "page") watch();
      else settle(answer.kind === "done" ? answer.result : damaged(answer.reason));
    };
    const fail = (error: Error & { code?: string }): void => {
      stop(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? TOO_HEAVY : damaged(error.message));
    };
    const leave = (): void => stop(damaged(""));
    worker.on("message", hear);
    worker.on("error", fail);
    worker.on("exit", leave);
    watch();
    worker.postMessage({ id, bytes } satisfies Task);
  });
}

/**
 * Reads a PDF in a thread of its own. Hostile files end as a refusal within two minutes and half a gigabyte; never rejects.
 */
export function readPdfFile(bytes: Uint8Array): Promise<GridResult> {
  const answer = queue.then(() => ask(bytes));
  queue = answer;
  return answer;
}

/** Ends the thread, if one runs; the next PDF starts a new one. */
export async function closeReaders(): Promise<void> {
  const worker = thread;
  thread = null;
  await worker?.terminate();
}
