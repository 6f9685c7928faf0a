import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** Filters of a list as they stand in the address, so that a list can be sent to somebody and the way back finds it again. */
export function useFilters<Name extends string>(): {
  readonly filter: (name: Name) => string | undefined;
  readonly setFilter: (name: Name) => (value: string | undefined) => void;
} {
  const [search, setSearch] = useSearchParams();
  const setFilter = useCallback(
    (name: Name) => (value: string | undefined) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value) after.set(name, value);
          else after.delete(name);
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  return { filter: (name) => search.get(name) ?? undefined, setFilter };
}
