import { Input } from "antd";
import { useId } from "react";

/** A labelled field for a reason of up to 2,000 characters, as long as it grows. */
export function ReasonField({
  label,
  value,
  onChange,
  autoFocus = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoFocus={autoFocus}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={2000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
