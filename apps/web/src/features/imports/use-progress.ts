import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { addressOf, call } from "../../api/client.ts";

const ASK_EVERY = 2_000;

/** An import with its files, asked for again whenever the server says that it went on; where it cannot say so, every two seconds. */
export function useProgress(id: string) {
  const queries = useQueryClient();
  const [isDeaf, setDeaf] = useState(false);
  const query = useQuery({
    queryKey: ["import", id],
    queryFn: async () => (await call("getImport", { params: { import: id } })).body,
    refetchInterval: ({ state }) => (isDeaf && isOpen(state.data?.state) ? ASK_EVERY : false),
  });
  const isRunning = isOpen(query.data?.state);
  useEffect(() => {
    if (!isRunning) return;
    const stream = new EventSource(addressOf("watchImport", { params: { import: id } }));
    const again = () => void queries.invalidateQueries({ queryKey: ["import", id] });
    stream.onmessage = again;
    stream.addEventListener("end", () => {
      stream.close();
      again();
    });
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setDeaf(true);
    };
    return () => stream.close();
  }, [id, isRunning, queries]);
  return query;
}

const isOpen = (state: string | undefined): boolean => state === "waiting" || state === "running";
