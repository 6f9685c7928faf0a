import { Select } from "antd";

/** One filter of a list: nothing picked means all. */
export function Pick<Value extends string>({
  label,
  value,
  onChange,
  options,
  width = 140,
}: {
  readonly label: string;
  readonly value: Value | null | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly width?: number;
}) {
  return (
    <Select
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ width }}
      options={[...options]}
      value={value ?? null}
      showSearch={options.length > 8 ? { optionFilterProp: "label" } : false}
      onChange={(picked?: Value | null) => onChange(picked ?? undefined)}
    />
  );
}
