import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import type { FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { frame, nameAxis, valueAxis } from "./frame.ts";
import { rollupNote, Section } from "./Section.tsx";
import { shareOf } from "./shares.ts";

type Body = Answered<"getBodyStatistics">["bodies"][number];
type Answer = Answered<"getBodyStatistics">;

/** Departments, or the units of one, beside each other. */
export function BodiesSection({ asked }: { readonly asked: Asked }) {
  return (
    <Section
      name="bodies"
      of={asked}
      ask={async () => {
        const { body } = await call("getBodyStatistics", { query: { ...asked } });
        return { ...body, forms: body.totals.forms };
      }}
    >
      {(answer) => (
        <>
          <Spread asked={asked} answer={answer} />
          <Table asked={asked} answer={answer} />
        </>
      )}
    </Section>
  );
}

function Spread({ asked, answer: { bodies, totals } }: { readonly asked: Asked; readonly answer: Answer }) {
  const colours = useChartColours();
  const shown = useMemo(
    () => bodies.filter(({ scored }) => scored > 0).toSorted((a, b) => Number(b.median) - Number(a.median)),
    [bodies],
  );
  const figures: FigureTable = {
    columns: [
      { title: t("部门（单位）") },
      { title: t("有总分的表"), isNumber: true },
      { title: t("最低"), isNumber: true },
      { title: t("中位数"), isNumber: true },
      { title: t("平均"), isNumber: true },
      { title: t("最高"), isNumber: true },
    ],
    lines: shown.map((body) => ({
      key: body.organisation,
      cells: [body.name, String(body.scored), body.lowest, body.median, body.mean, body.highest],
      to: behind({ ...asked, organisation: body.organisation }, { from: "0" }),
      forms: body.scored,
    })),
  };
  const option = useMemo(() => {
    const floor = Math.floor(Math.min(95, ...shown.map(({ lowest }) => Number(lowest))) / 5) * 5;
    const dot = (body: Body, value: string | null) => ({ key: body.organisation, value: Number(value) });
    return {
      ...frame(colours),
      legend: {
        top: 0,
        right: 0,
        textStyle: { color: colours.ink },
        itemHeight: 10,
        data: [t("最低到最高"), t("中位数")],
      },
      xAxis: valueAxis(colours, t("总分"), { min: floor, max: 100 }),
      yAxis: nameAxis(
        colours,
        shown.map(({ name }) => name),
        { inverse: true },
      ),
      series: [
        {
          type: "bar",
          stack: "range",
          silent: true,
          itemStyle: { color: "transparent" },
          data: shown.map(({ lowest }) => Number(lowest)),
        },
        {
          name: t("最低到最高"),
          type: "bar",
          stack: "range",
          barWidth: 6,
          itemStyle: { color: colours.isDark ? "#4a4f57" : "#c9ced6", borderRadius: 3 },
          data: shown.map((body) => ({
            key: body.organisation,
            value: Number(body.highest) - Number(body.lowest),
          })),
        },
        {
          name: t("中位数"),
          type: "scatter",
          symbolSize: 11,
          itemStyle: { color: colours.blue },
          label: {
            show: true,
            position: "top",
            distance: 2,
            color: colours.ink,
            fontSize: 11,
            formatter: ({ dataIndex }: { dataIndex: number }) => shown[dataIndex]?.median ?? "",
          },
          data: shown.map((body) => dot(body, body.median)),
        },
      ],
    };
  }, [colours, shown]);
  const [first, last] = [shown[0], shown.at(-1)];
  return (
    <ChartCard
      title={t("各部门（单位）的总分高低")}
      says={
        first && last
          ? t("中位数最高的是{{first}}（{{high}}），最低的是{{last}}（{{low}}）；全部的中位数是{{all}}。", {
              first: first.name,
              high: first.median ?? "—",
              last: last.name,
              low: last.median ?? "—",
              all: totals.median ?? "—",
            })
          : t("还没有一张填了总分。")
      }
      notes={[
        t("横轴不从零起。表少的部门（单位），中位数说明不了多少，表数见表。"),
        ...rollupNote(totals.rollups),
      ]}
      figures={figures}
      option={option}
      height={50 + shown.length * 32}
    />
  );
}

function Table({ asked, answer: { bodies } }: { readonly asked: Asked; readonly answer: Answer }) {
  const graded = (body: Body) =>
    body.grades.reduce((sum, { grade, forms }) => (grade === null ? sum : sum + forms), 0);
  const top = (body: Body) =>
    body.grades.find(({ grade }) => grade !== null && t(grade) === t("优"))?.forms ?? 0;
  const figures: FigureTable = {
    columns: [
      { title: t("部门（单位）") },
      { title: t("表数"), isNumber: true, hasBar: true },
      { title: t("平均总分"), isNumber: true },
      { title: t("填了等级的表中评优%"), isNumber: true, hasBar: true },
      { title: t("执行率%"), isNumber: true, hasBar: true },
      { title: t("未量化分值%"), isNumber: true, hasBar: true },
      { title: t("有必须更正问题的表%"), isNumber: true, hasBar: true },
      { title: t("必须更正的问题"), isNumber: true, hasBar: true },
    ],
    lines: bodies.map((body) => ({
      key: body.organisation,
      cells: [
        body.name,
        String(body.forms),
        body.mean,
        shareOf(top(body), graded(body)),
        body.rate,
        shareOf(body.inflation.unmeasured, body.inflation.points),
        shareOf(body.formsWithMust, body.forms),
        String(body.must),
      ],
      to: behind({ ...asked, organisation: body.organisation }, {}),
      forms: body.forms,
    })),
  };
  return (
    <ChartCard
      title={t("各部门（单位）并排比较")}
      says={t("点列名排序；小条以本列最大的数为满格。")}
      notes={[t("没有表的部门（单位）也列出，其余各列是空的，不是0。")]}
      figures={figures}
    />
  );
}
