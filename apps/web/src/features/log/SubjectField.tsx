import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";

const KINDS: Readonly<Record<string, string>> = {
  account: t("账号"),
  organisation: t("机构"),
  project: t("项目"),
  submission: t("表格"),
  call: t("布置"),
  sample: t("样本"),
  rectification: t("整改"),
};

/** Picks somebody or something the log speaks of, by a part of the name. */
export function SubjectField({
  label,
  value,
  onChange,
  kind,
  width,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
  readonly kind?: "account";
  readonly width: number;
}) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const { data, isFetching } = useQuery({
    queryKey: ["log", "find", kind, search],
    enabled: search !== "",
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await call("findInLog", { query: { search, limit: "50", ...(kind ? { kind } : {}) } })).body.items,
  });
  const { data: picked } = useQuery({
    queryKey: ["log", "name", value],
    enabled: value !== undefined,
    queryFn: async () => (await call("findInLog", { query: { id: value ?? "", limit: "1" } })).body.items,
  });
  const items = search === "" ? (picked ?? []) : (data ?? []);
  const options = items.map(({ id, kind: of, name }) => ({
    value: id,
    label: kind ? name : `${KINDS[of] ?? of}　${name}`,
  }));
  if (value !== undefined && !options.some((option) => option.value === value) && picked)
    options.unshift({ value, label: picked[0]?.name ?? value });
  return (
    <Select
      aria-label={label}
      placeholder={label}
      style={{ width, maxWidth: "100%" }}
      allowClear
      showSearch={{ filterOption: false, searchValue: typed, onSearch: setTyped }}
      loading={isFetching}
      popupMatchSelectWidth={false}
      notFoundContent={search === "" ? t("请输入名称的一部分") : isFetching ? t("正在查找…") : t("没有找到")}
      options={options}
      value={options.some((option) => option.value === value) ? (value ?? null) : null}
      onChange={(next?: string | null) => {
        setTyped("");
        onChange(next ?? undefined);
      }}
    />
  );
}
