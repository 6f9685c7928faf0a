import { useSession } from "../features/session/index.ts";
import { useFilters } from "./use-filters.ts";

/** The body a page is about: the one in the address, else the first one's own roles are of; `known` names one's own. */
export function useOwnBody(): {
  readonly body: string;
  readonly setBody: (body: string | undefined) => void;
  readonly known: readonly { readonly id: string; readonly name: string }[];
} {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"body">();
  const known = [
    ...new Map(
      (profile?.grants ?? []).map(({ organisation, organisationName }) => [
        organisation,
        { id: organisation, name: organisationName },
      ]),
    ).values(),
  ];
  return { body: filter("body") ?? known[0]?.id ?? "", setBody: setFilter("body"), known };
}
