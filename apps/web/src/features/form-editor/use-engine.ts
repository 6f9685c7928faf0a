import type { Form } from "@jiheng/domain";
import { useEffect, useRef, useState } from "react";
import type { Asked, Looked } from "./look.worker.ts";

/** What the engine says of the form as it is now: the very engine of the server, in a thread of the browser. The last question alone is answered. */
export function useEngine(form: Form | null, policy: string | null): Looked | null {
  const [looked, setLooked] = useState<Looked | null>(null);
  const worker = useRef<Worker | null>(null);
  const number = useRef(0);
  const waiting = useRef<Asked | null>(null);
  const isBusy = useRef(false);
  useEffect(() => {
    const made = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module" });
    made.onmessage = ({ data }: MessageEvent<Looked>) => {
      isBusy.current = false;
      setLooked(data);
      const next = waiting.current;
      waiting.current = null;
      if (next) {
        isBusy.current = true;
        made.postMessage(next);
      }
    };
    worker.current = made;
    return () => made.terminate();
  }, []);
  useEffect(() => {
    if (!form) return;
    number.current += 1;
    const asked: Asked = { number: number.current, form, policy };
    if (isBusy.current) waiting.current = asked;
    else {
      isBusy.current = true;
      worker.current?.postMessage(asked);
    }
  }, [form, policy]);
  return looked;
}
