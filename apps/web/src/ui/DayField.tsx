import { DatePicker } from "antd";
import dayjs from "dayjs";
import type { CSSProperties } from "react";
import "dayjs/locale/zh-cn.js";
import { language } from "../i18n/words.ts";

dayjs.locale(language === "en" ? "en" : "zh-cn");

const WRITTEN = "YYYY-MM-DD";
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** A day, typed as year-month-day or picked from a calendar in the language of the page; its value is the text, empty for none. */
export function DayField({
  value = "",
  onChange,
  min,
  max,
  style,
  placeholder = WRITTEN,
  ...rest
}: {
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
  readonly min?: string;
  readonly max?: string;
  readonly style?: CSSProperties;
  /** What the day is, where no label stands above the field. */
  readonly placeholder?: string;
}) {
  return (
    // What is typed counts as soon as it is a whole day, without Enter: the button beside it waits for it.
    <span
      onInput={({ target }) => {
        if (!(target instanceof HTMLInputElement)) return;
        const typed = target.value.trim();
        const isWithin = (!min || typed >= min) && (!max || typed <= max);
        if (typed !== value && (typed === "" || (DAY.test(typed) && isWithin))) onChange?.(typed);
      }}
    >
      <DatePicker
        {...rest}
        allowClear={false}
        style={{ width: 160, ...style }}
        format={WRITTEN}
        placeholder={placeholder}
        value={DAY.test(value) ? dayjs(value) : null}
        {...(min ? { minDate: dayjs(min) } : {})}
        {...(max ? { maxDate: dayjs(max) } : {})}
        onChange={(picked) => onChange?.(picked ? picked.format(WRITTEN) : "")}
      />
    </span>
  );
}
