import { useEffect, useRef, useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";

/** Somebody else who has the form open. */
export type Other = Answered<"showPresence">["others"][number];

const EVERY = 10_000;

/**
 * Tells where one is and hears who else has the form open, every ten seconds while the page is looked at; `onNewer` is called with the
 * latest revision each time. The lack of an answer is no matter: saving says when the server is away.
 */
export function usePresence(
  submission: string,
  at: string | null,
  onNewer: (revision: number) => void,
): readonly Other[] {
  const [others, setOthers] = useState<readonly Other[]>([]);
  const place = useRef(at);
  place.current = at;
  const heard = useRef(onNewer);
  heard.current = onNewer;
  useEffect(() => {
    let isGone = false;
    const tell = async () => {
      if (document.hidden) return;
      try {
        const { body } = await call("showPresence", { params: { submission }, body: { at: place.current } });
        if (isGone) return;
        setOthers(body.others);
        heard.current(body.revision);
      } catch {
        if (!isGone) setOthers([]);
      }
    };
    void tell();
    const timer = setInterval(() => void tell(), EVERY);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [submission]);
  return others;
}
