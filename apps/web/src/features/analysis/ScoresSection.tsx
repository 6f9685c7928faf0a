import { useMemo } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { inWan } from "../../ui/figures.ts";
import type { FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { escaped, frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { rollupNote, Section } from "./Section.tsx";
import { bandName, scoreBands, shareOf } from "./shares.ts";

type Scores = Answered<"getScoreStatistics">;

/** Rates above this stand at the edge of the plane: the few far ones must not press the others together. */
const EDGE = 120;

/** How scores are spread, which grades they make, and how they stand to the money that was spent. */
export function ScoresSection({ asked }: { readonly asked: Asked }) {
  return (
    <Section
      name="scores"
      of={asked}
      ask={async () => (await call("getScoreStatistics", { query: { ...asked } })).body}
    >
      {(scores) => (
        <>
          <Distribution asked={asked} scores={scores} />
          <Plane asked={asked} scores={scores} />
          <Grades asked={asked} scores={scores} />
        </>
      )}
    </Section>
  );
}

function Distribution({ asked, scores }: { readonly asked: Asked; readonly scores: Scores }) {
  const colours = useChartColours();
  const bands = useMemo(() => scoreBands(scores.bands), [scores]);
  const scored = scores.forms - scores.formsWithoutScore;
  const most = bands.toSorted((a, b) => b.forms - a.forms)[0];
  const figures: FigureTable = useMemo(
    () => ({
      columns: [
        { title: t("总分") },
        { title: t("表数"), isNumber: true },
        { title: t("占有总分的%"), isNumber: true },
      ],
      lines: [
        ...bands.map((band) => ({
          key: String(band.from),
          cells: [bandName(band), String(band.forms), shareOf(band.forms, scored)],
          to: behind(asked, { from: String(band.from), below: String(band.below) }),
          forms: band.forms,
        })),
        ...(scores.formsWithoutScore > 0
          ? [
              {
                key: "none",
                cells: [t("没有总分"), String(scores.formsWithoutScore), null],
                to: behind(asked, { without: "score" }),
                forms: scores.formsWithoutScore,
              },
            ]
          : []),
      ],
    }),
    [asked, bands, scores, scored],
  );
  const option = useMemo(
    () => ({
      ...frame(colours),
      xAxis: nameAxis(colours, bands.map(bandName), {
        name: t("总分"),
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: { color: colours.quiet },
      }),
      yAxis: valueAxis(colours, t("表数"), { minInterval: 1 }),
      series: [
        {
          type: "bar",
          barCategoryGap: "12%",
          itemStyle: { color: colours.blue },
          label: markLabel(colours, "top"),
          data: bands.map(({ from, forms }) => ({ key: String(from), value: forms })),
        },
      ],
    }),
    [colours, bands],
  );
  return (
    <ChartCard
      title={t("总分怎样分布")}
      says={
        most
          ? t("{{scored}}张有总分：中位数{{median}}，平均{{mean}}；{{band}}分最多，{{n}}张，占{{share}}%。", {
              scored,
              median: scores.median ?? "—",
              mean: scores.mean ?? "—",
              band: bandName(most),
              n: most.forms,
              share: shareOf(most.forms, scored) ?? "—",
            })
          : t("还没有一张填了总分。")
      }
      notes={[
        ...(scores.formsWithoutScore > 0
          ? [t("{{n}}张没有总分，不在图上。", { n: scores.formsWithoutScore })]
          : []),
        ...rollupNote(scores.rollups),
      ]}
      figures={figures}
      option={option}
      height={240}
    />
  );
}

function Plane({ asked, scores: { plane } }: { readonly asked: Asked; readonly scores: Scores }) {
  const colours = useChartColours();
  const { high, low } = plane;
  const figures: FigureTable = useMemo(
    () => ({
      columns: [
        { title: t("项目") },
        { title: t("单位") },
        { title: t("执行率%"), isNumber: true },
        { title: t("总分"), isNumber: true },
        { title: t("等级") },
        { title: t("全年预算数（元）"), isNumber: true },
        { title: t("全年执行数（元）"), isNumber: true },
      ],
      lines: plane.points.map((point) => ({
        key: point.submission,
        cells: [
          point.project,
          point.unit,
          point.rate,
          point.score,
          point.grade,
          point.adjustedBudget,
          point.expenditure,
        ],
        to: `/forms/${point.submission}`,
      })),
    }),
    [plane],
  );
  const far = plane.points.filter(({ rate }) => Number(rate) > EDGE).length;
  const option = useMemo(() => {
    const dots = plane.points.map((point) => ({
      key: point.submission,
      name: point.project,
      value: [Math.min(Number(point.rate), EDGE), Number(point.score)],
      rate: point.rate,
      money: point.adjustedBudget,
      isCorner: Number(point.score) >= high && Number(point.rate) < low,
    }));
    const floor = Math.min(high - 10, ...dots.map(({ value }) => Math.floor((value[1] ?? 0) / 10) * 10));
    const start = Math.min(low - 20, ...dots.map(({ value }) => Math.floor((value[0] ?? 0) / 10) * 10));
    const series = (isCorner: boolean) => ({
      type: "scatter",
      symbol: isCorner ? "diamond" : "circle",
      symbolSize: isCorner ? 11 : 7,
      itemStyle: {
        color: isCorner ? colours.orange : colours.blue,
        opacity: isCorner ? 1 : 0.55,
      },
      data: dots.filter((dot) => dot.isCorner === isCorner),
    });
    return {
      ...frame(colours),
      tooltip: {
        ...frame(colours).tooltip,
        formatter: ({ data }: { data: (typeof dots)[number] }) =>
          `${escaped(data.name)}<br>${t("执行率{{rate}}%，总分{{score}}，全年预算{{money}}万元", {
            rate: data.rate,
            score: data.value[1] ?? 0,
            money: inWan(data.money),
          })}`,
      },
      xAxis: valueAxis(colours, t("预算执行率%"), {
        min: Math.max(0, start),
        max: dots.some(({ value }) => (value[0] ?? 0) > 100) ? EDGE : 100,
        nameLocation: "middle",
        nameGap: 26,
      }),
      yAxis: valueAxis(colours, t("总分"), { min: Math.max(0, floor), max: 100 }),
      series: [
        {
          ...series(false),
          markArea: {
            silent: true,
            itemStyle: { color: colours.orange, opacity: 0.1 },
            label: {
              color: colours.orange,
              position: "insideTopLeft",
              formatter: t("总分≥{{high}}、执行率<{{low}}%：{{n}}张", {
                high,
                low,
                n: plane.highScoreLowRate,
              }),
            },
            data: [[{ coord: [Math.max(0, start), high] }, { coord: [low, 100] }]],
          },
        },
        series(true),
      ],
    };
  }, [colours, plane, high, low]);
  return (
    <ChartCard
      title={t("分数高、钱没花出去的是哪些")}
      says={t(
        "{{n}}张可以比较；其中{{corner}}张总分不低于{{high}}而执行率低于{{low}}%（菱形），占{{share}}%。",
        {
          n: plane.forms,
          corner: plane.highScoreLowRate,
          high,
          low,
          share: shareOf(plane.highScoreLowRate, plane.forms) ?? "—",
        },
      )}
      notes={[
        t("执行率＝全年执行数÷全年预算数。纵轴、横轴不从零起。"),
        ...(plane.left > 0
          ? [t("{{n}}张缺总分或金额、或者金额悬殊像是单位填错，不能比较。", { n: plane.left })]
          : []),
        ...(plane.points.length < plane.forms
          ? [
              t("图上画出{{drawn}}张：只画您可以查看的，至多1500张。", {
                drawn: plane.points.length,
              }),
            ]
          : []),
        ...(far > 0 ? [t("{{far}}张的执行率高于{{edge}}%，画在右边线上。", { far, edge: EDGE })] : []),
      ]}
      figures={figures}
      option={option}
      height={340}
    >
      {plane.highScoreLowRate > 0 && (
        <Link to={behind(asked, { corner: "high-score-low-rate" })} data-forms={plane.highScoreLowRate}>
          {t("列出这{{n}}张", { n: plane.highScoreLowRate })}
        </Link>
      )}
    </ChartCard>
  );
}

const ORDER = [t("优"), t("良"), t("中"), t("差")];

function Grades({ asked, scores }: { readonly asked: Asked; readonly scores: Scores }) {
  const colours = useChartColours();
  const grades = useMemo(() => {
    const place = ({ grade }: Scores["grades"][number]) =>
      grade === null ? 99 : ORDER.indexOf(t(grade)) < 0 ? 50 : ORDER.indexOf(t(grade));
    return scores.grades.toSorted((a, b) => place(a) - place(b) || b.forms - a.forms);
  }, [scores]);
  const named = (grade: string | null) => (grade === null ? t("没有填等级") : t(grade));
  const figures: FigureTable = useMemo(
    () => ({
      columns: [
        { title: t("等级") },
        { title: t("表数"), isNumber: true },
        { title: t("占%"), isNumber: true },
        { title: t("执行数合计（元）"), isNumber: true },
        { title: t("其中没有计入执行数的表（没有填，或金额前后悬殊）"), isNumber: true },
      ],
      lines: grades.map(({ grade, forms, expenditure, formsWithoutMoney }) => ({
        key: grade ?? "",
        cells: [
          grade === null ? t("没有填等级") : t(grade),
          String(forms),
          shareOf(forms, scores.forms),
          expenditure,
          String(formsWithoutMoney),
        ],
        to: behind(asked, grade === null ? { without: "grade" } : { grade }),
        forms,
      })),
    }),
    [asked, grades, scores],
  );
  const option = useMemo(
    () => ({
      ...frame(colours),
      xAxis: valueAxis(colours, "", { minInterval: 1 }),
      yAxis: nameAxis(
        colours,
        grades.map(({ grade }) => (grade === null ? t("没有填等级") : t(grade))),
        { inverse: true },
      ),
      series: [
        {
          type: "bar",
          barMaxWidth: 22,
          label: {
            ...markLabel(colours, "right"),
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          data: grades.map(({ grade, forms }) => ({
            key: grade ?? "",
            value: forms,
            words: t("{{n}}张，{{share}}%", { n: forms, share: shareOf(forms, scores.forms) ?? "—" }),
            itemStyle: { color: grade === null ? colours.grey : colours.blue },
          })),
        },
      ],
    }),
    [colours, grades, scores],
  );
  const top = grades[0];
  return (
    <ChartCard
      title={t("自评等级")}
      says={
        top
          ? t("{{list}}。", {
              list: grades.map(({ grade, forms }) => `${named(grade)} ${forms}`).join("、"),
            })
          : ""
      }
      notes={[t("等级以表上填写的为准，没有填的不推算。")]}
      figures={figures}
      option={option}
      height={60 + grades.length * 34}
    />
  );
}
