import { Button, Input, Space } from "antd";
import { useState } from "react";
import { t } from "../../i18n/words.ts";

/** A field that takes the place of what was read; what was typed stays until it was taken. */
export function CorrectField({
  label,
  was,
  place,
  isBusy,
  onCorrect,
}: {
  readonly label: string;
  readonly was: string;
  readonly place: string;
  readonly isBusy: boolean;
  readonly onCorrect: (to: string | null) => void;
}) {
  const [typed, setTyped] = useState(was);
  const isLong = /\.(?:expected|achieved|deviation|criteria|evidence)$/.test(place) || was.length > 40;
  const correct = () => onCorrect(typed.trim() === "" ? null : typed);
  return (
    <Space.Compact>
      {isLong ? (
        <Input.TextArea
          aria-label={label}
          style={{ width: 260 }}
          autoSize={{ minRows: 1, maxRows: 6 }}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      ) : (
        <Input
          aria-label={label}
          size="small"
          style={{ width: 160 }}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={() => typed !== was && correct()}
        />
      )}
      <Button size="small" disabled={isBusy || typed === was} onClick={correct}>
        {t("更正")}
      </Button>
    </Space.Compact>
  );
}
