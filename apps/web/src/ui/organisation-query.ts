import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/client.ts";

/** A body by its number: its name and where it stands. Everybody who asks shares one answer. */
export function organisationQuery(organisation: string) {
  return queryOptions({
    queryKey: ["organisation", organisation],
    queryFn: async () => (await call("getOrganisation", { params: { organisation } })).body,
  });
}
