import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { type Downloaded, download } from "../../api/client.ts";
import type { OperationId, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { saveAs } from "../../ui/save-as.ts";
import { lineCounter } from "./progress.ts";

/** A file being made: what came so far. */
export interface Coming {
  readonly what: string;
  readonly bytes: number;
  /** How far it is, in hundredths; null where nobody can say. */
  readonly percent: number | null;
}

/** Files that are made by the server and kept by the browser: one at a time, with how far it is and a way to give it up. */
export function useFile() {
  const { message } = App.useApp();
  const [coming, setComing] = useState<Coming | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const [had, setHad] = useState<Pick<Downloaded, "name" | "says"> & { readonly size: number }>();
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const fetchFile = async <Id extends OperationId>(
    what: string,
    id: Id,
    sent: Pick<Sent<Id>, "params" | "query">,
    expected?: { readonly lines: number } | { readonly bytes: number },
  ) => {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setError(null);
    setHad(undefined);
    setComing({ what, bytes: 0, percent: null });
    const counted = lineCounter();
    let bytes = 0;
    try {
      const file = await download(id, { ...sent, signal: own.signal }, (part) => {
        bytes += part.length;
        const share =
          expected === undefined
            ? null
            : "lines" in expected
              ? counted(part) / expected.lines
              : bytes / expected.bytes;
        // Only the end is the end: what was expected is no more than that.
        setComing({ what, bytes, percent: share === null ? null : Math.min(99, Math.floor(share * 100)) });
      });
      saveAs(file.name, file.bytes);
      setHad({ name: file.name, says: file.says, size: file.bytes.size });
    } catch (failure) {
      if (own.signal.aborted) message.info(t("已停止，没有留下文件。"));
      // A connection that breaks half way is no whole file: nothing is kept of it.
      else setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      if (abort.current === own) setComing(null);
    }
  };
  return { coming, error, had, fetchFile, stop: () => abort.current?.abort() };
}
