import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { call } from "../api/client.ts";
import { t } from "../i18n/words.ts";
import { organisationQuery } from "./organisation-query.ts";

/** Picks a body by its name, the initials of its pinyin or its code, among those within reach that are not closed. */
export function BodyField({
  label,
  value,
  onChange,
  kind,
  parent,
  allowClear = false,
  known,
  width = 260,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly kind?: "region" | "department" | "unit";
  /** Only those directly beneath this body. */
  readonly parent?: string | undefined;
  readonly allowClear?: boolean;
  /** Names that are known without asking, as those of one's own grants. */
  readonly known?: readonly { readonly id: string; readonly name: string }[];
  readonly width?: number | string;
}) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["organisations", "pick", { search, kind, parent }],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await call("listOrganisations", {
          query: {
            limit: "50",
            closed: "no",
            ...(search ? { search } : {}),
            ...(kind ? { kind } : {}),
            ...(parent ? { parent } : {}),
          },
        })
      ).body.items,
  });
  const isListed = value !== undefined && data?.some(({ id }) => id === value);
  const own = known?.find(({ id }) => id === value);
  // What was picked before keeps its name when the list holds others.
  const { data: picked } = useQuery({
    ...organisationQuery(value ?? ""),
    enabled: value !== undefined && data !== undefined && !isListed && !own,
  });
  const options = (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const rest = own ?? picked;
  if (rest && !isListed && search === "" && rest.id === value)
    options.unshift({ value: rest.id, label: rest.name });
  return (
    <Select
      aria-label={label}
      placeholder={label}
      style={{ width }}
      allowClear={allowClear}
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      loading={isFetching}
      notFoundContent={isFetching ? t("正在查找…") : t("没有找到")}
      options={options}
      value={options.some((option) => option.value === value) ? (value ?? null) : null}
      onChange={(next?: string | null) => {
        setTyped("");
        onChange(next ?? undefined);
      }}
    />
  );
}
