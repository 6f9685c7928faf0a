import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { inWan } from "../../ui/figures.ts";
import type { FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { Section } from "./Section.tsx";
import { shareOf } from "./shares.ts";

type Year = Answered<"getYearStatistics">["years"][number];

/** The same figures over the years up to the one that was picked. */
export function YearsSection({ asked }: { readonly asked: Asked }) {
  return (
    <Section
      name="years"
      of={asked}
      ask={async () => {
        const { years } = (await call("getYearStatistics", { query: { ...asked, count: "3" } })).body;
        return { years, forms: years.reduce((sum, { forms }) => sum + forms, 0) };
      }}
    >
      {({ years }) => (
        <>
          <Scores asked={asked} years={years} />
          <Money asked={asked} years={years} />
        </>
      )}
    </Section>
  );
}

interface Shown {
  readonly asked: Asked;
  readonly years: readonly Year[];
}

function Scores({ asked, years }: Shown) {
  const colours = useChartColours();
  const top = (year: Year) =>
    year.grades.find(({ grade }) => grade !== null && t(grade) === t("优"))?.forms ?? 0;
  const figures: FigureTable = {
    columns: [
      { title: t("年度") },
      { title: t("表数"), isNumber: true },
      { title: t("有总分的表"), isNumber: true },
      { title: t("最低"), isNumber: true },
      { title: t("中位数"), isNumber: true },
      { title: t("平均"), isNumber: true },
      { title: t("最高"), isNumber: true },
      { title: t("评优的%"), isNumber: true },
      { title: t("没有填等级的%"), isNumber: true },
    ],
    lines: years.map((year) => ({
      key: String(year.year),
      cells: [
        String(year.year),
        String(year.forms),
        String(year.scored),
        year.lowest,
        year.median,
        year.mean,
        year.highest,
        shareOf(top(year), year.forms),
        shareOf(year.grades.find(({ grade }) => grade === null)?.forms ?? 0, year.forms),
      ],
      to: behind({ ...asked, year: String(year.year) }, {}),
      forms: year.forms,
    })),
  };
  const option = useMemo(() => {
    const floor = Math.floor(Math.min(95, ...years.map(({ lowest }) => Number(lowest ?? 95))) / 5) * 5;
    const line = (name: string, color: string, type: string, of: (year: Year) => string | null) => ({
      name,
      type: "line",
      lineStyle: { type, color },
      itemStyle: { color },
      symbolSize: 8,
      label: {
        ...markLabel(colours, "top"),
        formatter: ({ dataIndex }: { dataIndex: number }) => of(years[dataIndex] as Year) ?? "",
      },
      endLabel: { show: true, formatter: name, color, distance: 30 },
      data: years.map((year) => {
        const value = of(year);
        return { key: String(year.year), value: value === null ? null : Number(value) };
      }),
    });
    return {
      ...frame(colours),
      grid: { ...frame(colours).grid, right: 96 },
      xAxis: nameAxis(
        colours,
        years.map(({ year }) => String(year)),
      ),
      yAxis: valueAxis(colours, t("总分"), { min: floor, max: 100 }),
      series: [
        line(t("中位数"), colours.blue, "solid", ({ median }) => median),
        line(t("最低"), colours.orange, "dashed", ({ lowest }) => lowest),
      ],
    };
  }, [colours, years]);
  return (
    <ChartCard
      title={t("历年总分")}
      says={t("{{list}}。", {
        list: years
          .map(({ year, forms, median, mean }) =>
            t("{{year}}年{{forms}}张，中位数{{median}}，平均{{mean}}", {
              year,
              forms,
              median: median ?? "—",
              mean: mean ?? "—",
            }),
          )
          .join("；"),
      })}
      notes={[
        t("纵轴不从零起。只有{{n}}个年度有表。", { n: years.length }),
        t("等级、总分以表上填写的为准。"),
      ]}
      figures={figures}
      option={option}
      height={260}
    />
  );
}

function Money({ asked, years }: Shown) {
  const colours = useChartColours();
  const figures: FigureTable = {
    columns: [
      { title: t("年度") },
      { title: t("年初预算数（元）"), isNumber: true },
      { title: t("全年预算数（元）"), isNumber: true },
      { title: t("全年执行数（元）"), isNumber: true },
      { title: t("执行率%"), isNumber: true },
      { title: t("计入的表"), isNumber: true },
      { title: t("没有计入的表"), isNumber: true },
    ],
    lines: years.map(({ year, money }) => ({
      key: String(year),
      cells: [
        String(year),
        money.initialBudget,
        money.adjustedBudget,
        money.expenditure,
        shareOf(money.expenditure, money.adjustedBudget),
        String(money.forms),
        String(money.incomplete + money.suspect + money.negative),
      ],
      to: behind({ ...asked, year: String(year) }, { money: "counted" }),
      forms: money.forms,
    })),
  };
  const option = useMemo(() => {
    const bar = (name: string, color: string, of: "initialBudget" | "adjustedBudget" | "expenditure") => ({
      name,
      type: "bar",
      barMaxWidth: 84,
      itemStyle: { color },
      label: {
        ...markLabel(colours, "top"),
        fontSize: 11,
        formatter: ({ dataIndex }: { dataIndex: number }) => inWan(years[dataIndex]?.money[of]),
      },
      data: years.map(({ year, money }) => ({ key: String(year), value: Number(money[of]) / 10_000 })),
    });
    return {
      ...frame(colours),
      legend: { top: 0, right: 0, textStyle: { color: colours.ink }, itemHeight: 10 },
      xAxis: nameAxis(
        colours,
        years.map(({ year, money }) =>
          t("{{year}}年，执行率{{rate}}%", {
            year,
            rate: shareOf(money.expenditure, money.adjustedBudget) ?? "—",
          }),
        ),
      ),
      yAxis: valueAxis(colours, t("万元")),
      series: [
        bar(t("年初预算数"), colours.grey, "initialBudget"),
        bar(t("全年预算数"), colours.isDark ? "#8fb9d9" : "#9cc3e0", "adjustedBudget"),
        bar(t("全年执行数"), colours.blue, "expenditure"),
      ],
    };
  }, [colours, years]);
  const left = years.reduce((sum, { money }) => sum + money.incomplete + money.suspect + money.negative, 0);
  return (
    <ChartCard
      title={t("历年预算和执行")}
      says={t("{{list}}。", {
        list: years
          .map(({ year, money }) =>
            t("{{year}}年执行{{spent}}万元，执行率{{rate}}%", {
              year,
              spent: inWan(money.expenditure),
              rate: shareOf(money.expenditure, money.adjustedBudget) ?? "—",
            }),
          )
          .join("；"),
      })}
      notes={left > 0 ? [t("{{n}}张缺金额、有负数或金额相差百倍以上，没有计入。", { n: left })] : []}
      figures={figures}
      option={option}
      height={280}
    />
  );
}
