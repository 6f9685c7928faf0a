import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { call } from "../api/client.ts";
import { t } from "../i18n/words.ts";

/** A project as it is offered. */
export interface OfferedProject {
  readonly id: string;
  readonly name: string;
  readonly unitName: string;
  readonly code: string | null;
}

/** Picks a project of the library by its name, the initials of its pinyin or its code; `offered` stand first. */
export function ProjectField({
  label,
  value,
  onChange,
  offered = [],
  width = 360,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly offered?: readonly OfferedProject[];
  readonly width?: number | string;
}) {
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["projects", "pick", q],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await call("listProjects", { query: { limit: "30", only: "ordinary", ...(q ? { q } : {}) } })).body
        .items,
  });
  const { data: picked } = useQuery({
    queryKey: ["project", value],
    enabled: value !== undefined && !offered.some(({ id }) => id === value),
    queryFn: async () => (await call("getProject", { params: { project: value ?? "" } })).body,
  });
  const seen = new Set<string>();
  const options = [...(q === "" ? [...offered, ...(picked ? [picked.project] : [])] : []), ...(data ?? [])]
    .filter(({ id }) => !seen.has(id) && seen.add(id))
    .map(({ id, name, unitName, code }) => ({
      value: id,
      label: `${name}（${unitName}${code ? ` · ${code}` : ""}）`,
    }));
  return (
    <Select
      aria-label={label}
      placeholder={label}
      style={{ width, maxWidth: "100%" }}
      allowClear
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
