import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { addressOf, call } from "../../api/client.ts";

/** Where nothing is heard: at once after an error, and slowly in any case, since what stands between may hold a stream back. */
const ASK_EVERY = { deaf: 2_000, hearing: 10_000 };

/** An import with its files, asked for again whenever the server says that it went on; where it is not heard, every two seconds. */
export function useProgress(id: string) {
  const queries = useQueryClient();
  const [isDeaf, setDeaf] = useState(false);
  const query = useQuery({
    queryKey: ["import", id],
    queryFn: async () => (await call("getImport", { params: { import: id } })).body,
    refetchInterval: ({ state }) =>
      isOpen(state.data?.state) ? ASK_EVERY[isDeaf ? "deaf" : "hearing"] : false,
  });
  const isRunning = isOpen(query.data?.state);
  useEffect(() => {
    if (!isRunning) return;
    const stream = new EventSource(addressOf("watchImport", { params: { import: id } }));
    const again = () => void queries.invalidateQueries({ queryKey: ["import", id] });
    stream.onmessage = () => {
      setDeaf(false);
      again();
    };
    stream.addEventListener("end", () => {
      stream.close();
      again();
    });
    stream.onerror = () => setDeaf(true);
    return () => stream.close();
  }, [id, isRunning, queries]);
  return query;
}

const isOpen = (state: string | undefined): boolean => state === "waiting" || state === "running";
