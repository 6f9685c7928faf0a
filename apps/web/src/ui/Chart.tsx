import { theme } from "antd";
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";

use([
  BarChart,
  CustomChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

/** Colours that stay apart for every kind of sight, on light and on dark ground (Okabe and Ito). */
export interface ChartColours {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  readonly blue: string;
  readonly orange: string;
  readonly green: string;
  readonly grey: string;
  /** From nothing to much, for areas. */
  readonly ramp: readonly string[];
  readonly isDark: boolean;
}

/** The colours of the page a chart stands on. */
export function useChartColours(): ChartColours {
  const { token } = theme.useToken();
  const isDark = token.colorBgContainer.toLowerCase() !== "#ffffff";
  return {
    ink: token.colorText,
    quiet: token.colorTextSecondary,
    line: token.colorBorderSecondary,
    ground: token.colorBgContainer,
    blue: isDark ? "#56b4e9" : "#1f6fb2",
    orange: isDark ? "#f0a35e" : "#c8501e",
    green: isDark ? "#3fc29a" : "#00795a",
    grey: isDark ? "#8c8c8c" : "#8a8f98",
    ramp: isDark
      ? ["#1f262d", "#27435c", "#3a6b8f", "#7fa6a0", "#e0b35a", "#f0a35e"]
      : ["#f4f7fa", "#d5e3f0", "#a9c8e2", "#e9c58f", "#dd8b4a", "#b8431a"],
    isDark,
  };
}

/** What a drawn chart gives away of itself. */
export interface DrawnChart {
  readonly svg: () => { readonly text: string; readonly width: number; readonly height: number } | null;
}

/**
 * A chart as SVG, without movement. `option` is drawn anew when it changes; marks whose data have a `key` answer `onPick` with it.
 * It is a picture for assistive technology: what it shows is said by `label` and stands in the table beside it.
 */
export function Chart({
  option,
  height,
  label,
  describedBy,
  onPick,
  drawn,
}: {
  readonly option: EChartsCoreOption;
  readonly height: number;
  readonly label: string;
  readonly describedBy: string;
  readonly onPick?: (key: string) => void;
  readonly drawn?: Ref<DrawnChart>;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init> | null>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  useEffect(() => {
    if (!box.current) return;
    const made = init(box.current, undefined, { renderer: "svg" });
    chart.current = made;
    made.on("click", ({ data }) => {
      const key = (data as { readonly key?: unknown } | null)?.key;
      if (typeof key === "string") pick.current?.(key);
    });
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box.current);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
  }, [option]);
  useImperativeHandle(
    drawn,
    () => ({
      svg: () => {
        const made = chart.current;
        return made
          ? { text: made.renderToSVGString(), width: made.getWidth(), height: made.getHeight() }
          : null;
      },
    }),
    [],
  );
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      aria-describedby={describedBy}
      style={{ height, width: "100%", minWidth: 0 }}
    />
  );
}
