import { Readable } from "node:stream";

/** So that proxies and browsers do not take a quiet stream for a dead one. */
const HEARTBEAT = 15_000;
/** How long the end of a stream waits to be read. */
const LAST_WORDS = 1_000;

/** Events as `text/event-stream`: one `data` of JSON each, a comment now and then, `end` when there are no more. Ends with the signal. */
export function streamOfEvents(events: AsyncIterable<unknown>, signal: AbortSignal): Readable {
  const iterator = events[Symbol.asyncIterator]();
  let isPulling = false;
  let isOver = false;
  const finish = (last: string | null) => {
    if (isOver || stream.destroyed) return;
    isOver = true;
    if (last !== null) stream.push(last);
    stream.push(null);
  };
  const stream = new Readable({
    read() {
      if (isPulling) return;
      isPulling = true;
      void pull();
    },
    destroy(error, done) {
      clearInterval(heartbeat);
      signal.removeEventListener("abort", end);
      // Lets the source close what it holds; a source that waits for ever is left to its own signal.
      void iterator.return?.().catch(() => {});
      done(error);
    },
  });
  const pull = async () => {
    try {
      for (;;) {
        const next = await iterator.next();
        if (isOver || stream.destroyed) return;
        if (next.done) return finish("event: end\ndata: {}\n\n");
        if (!stream.push(`data: ${JSON.stringify(next.value)}\n\n`)) break;
      }
      isPulling = false;
    } catch (error) {
      if (!stream.destroyed) stream.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const end = () => {
    finish(null);
    // A client that does not read would keep the server from stopping.
    setTimeout(() => stream.destroy(), LAST_WORDS).unref();
  };
  const heartbeat = setInterval(() => {
    if (!isOver) stream.push(": \n\n");
  }, HEARTBEAT);
  heartbeat.unref();
  stream.push("retry: 2000\n\n");
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return stream;
}
