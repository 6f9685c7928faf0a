import type { ChartColours } from "../../ui/Chart.tsx";

// Without quotation marks: the renderer puts it into an attribute as it is.
const FONT = "system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif";

/** What all charts of the page share: the page's own letters, quiet lines, a tooltip in its colours. */
export function frame(colours: ChartColours) {
  return {
    textStyle: { fontFamily: FONT, color: colours.ink },
    tooltip: {
      confine: true,
      backgroundColor: colours.ground,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12 },
    },
    grid: { left: 8, right: 24, top: 28, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "all" },
  };
}

/** An axis of values: from zero unless said otherwise, named at its end. */
export function valueAxis(colours: ChartColours, name: string, more: object = {}) {
  return {
    type: "value",
    name,
    nameTextStyle: { color: colours.quiet },
    axisLabel: { color: colours.quiet },
    splitLine: { lineStyle: { color: colours.line } },
    ...more,
  };
}

/** An axis of names. */
export function nameAxis(colours: ChartColours, data: readonly string[], more: object = {}) {
  return {
    type: "category",
    data: [...data],
    axisLabel: { color: colours.ink, interval: 0 },
    axisLine: { lineStyle: { color: colours.line } },
    axisTick: { show: false },
    ...more,
  };
}

/** A label beside a mark. */
export function markLabel(colours: ChartColours, position: string) {
  return { show: true, position, color: colours.ink, fontSize: 12 };
}

/** Text as a tooltip may hold it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
