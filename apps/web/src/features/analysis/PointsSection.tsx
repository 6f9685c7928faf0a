import { add, parseDecimal, showDecimal, ZERO } from "@jiheng/domain";
import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { cellKey, type FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { CAUSES } from "./causes.ts";
import { frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { rollupNote, Section } from "./Section.tsx";
import { shareOf } from "./shares.ts";

type Points = Answered<"getPointStatistics">;

const sum = (figures: readonly string[]): string =>
  showDecimal(figures.reduce((total, figure) => add(total, parseDecimal(figure) ?? ZERO), ZERO));
/** Columns of the table of the heat-map before those of the categories. */
const LEADING = 2;
const wayOf = (category: string | null) => category ?? "other";

/** Where points were lost, why, and by whom. */
export function PointsSection({ asked }: { readonly asked: Asked }) {
  return (
    <Section
      name="points"
      of={asked}
      ask={async () => (await call("getPointStatistics", { query: { ...asked } })).body}
    >
      {(points) => (
        <>
          <Categories asked={asked} points={points} />
          <Causes asked={asked} points={points} />
          {points.bodies.length > 1 && <Heat asked={asked} points={points} />}
        </>
      )}
    </Section>
  );
}

function Categories({ asked, points }: { readonly asked: Asked; readonly points: Points }) {
  const colours = useChartColours();
  const bars = useMemo(
    () =>
      [
        {
          key: "execution",
          title: t("预算执行"),
          ...points.execution,
          rows: points.execution.forms,
          forms: points.execution.losingForms,
          to: behind(asked, { category: "execution" }),
        },
        ...points.categories.map(({ category, title, rows, points: of, lost, losingForms }) => ({
          key: wayOf(category),
          title,
          rows,
          points: of,
          lost,
          forms: losingForms,
          to: behind(asked, { category: wayOf(category) }),
        })),
      ].toSorted((a, b) => Number(b.lost) - Number(a.lost)),
    [asked, points],
  );
  const lost = sum([points.totals.lost, points.execution.lost]);
  const figures: FigureTable = {
    columns: [
      { title: t("类别") },
      { title: t("失分"), isNumber: true },
      { title: t("占全部失分%"), isNumber: true },
      { title: t("分值合计"), isNumber: true },
      { title: t("失去分值的%"), isNumber: true },
      { title: t("行（表）数"), isNumber: true },
      { title: t("失分的表"), isNumber: true },
    ],
    lines: bars.map(({ key, title, rows, points: of, lost: own, forms, to }) => ({
      key,
      cells: [title, own, shareOf(own, lost), of, shareOf(own, of), String(rows), String(forms)],
      ...(forms > 0 ? { to, forms } : {}),
    })),
  };
  const option = useMemo(
    () => ({
      ...frame(colours),
      grid: { ...frame(colours).grid, right: 120 },
      xAxis: valueAxis(colours, t("失分")),
      yAxis: nameAxis(
        colours,
        bars.map(({ title }) => title),
        { inverse: true },
      ),
      series: [
        {
          type: "bar",
          barMaxWidth: 20,
          label: {
            ...markLabel(colours, "right"),
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          data: bars.map(({ key, points: of, lost: own }) => ({
            key,
            value: Number(own),
            words: t("{{lost}}分，失{{share}}%", { lost: own, share: shareOf(own, of) ?? "—" }),
            itemStyle: { color: key === "execution" ? colours.grey : colours.blue },
          })),
        },
      ],
    }),
    [colours, bars],
  );
  const worst = bars[0];
  return (
    <ChartCard
      title={t("分失在哪一类")}
      says={
        worst && Number(lost) > 0
          ? t("共失{{lost}}分；{{worst}}最多，{{own}}分，占{{share}}%。", {
              lost,
              worst: worst.title,
              own: worst.lost,
              share: shareOf(worst.lost, lost) ?? "—",
            })
          : t("没有一行失分。")
      }
      notes={[
        t("失分＝分值－得分，逐行相加。"),
        ...(points.totals.lacking > 0
          ? [t("{{n}}行缺分值或得分，没有计入。", { n: points.totals.lacking })]
          : []),
        ...(points.execution.lacking > 0
          ? [t("{{n}}张没有填预算执行的分值或得分，没有计入。", { n: points.execution.lacking })]
          : []),
        ...(points.totals.above > 0
          ? [t("{{n}}行得分高于分值，按没有失分计。", { n: points.totals.above })]
          : []),
        ...rollupNote(points.rollups),
      ]}
      figures={figures}
      option={option}
      height={50 + bars.length * 28}
    />
  );
}

function Causes({ asked, points }: { readonly asked: Asked; readonly points: Points }) {
  const colours = useChartColours();
  const causes = useMemo(() => {
    const all = points.categories.flatMap(({ causes: own }) => own);
    return [...Map.groupBy(all, ({ cause }) => cause)]
      .map(([cause, same]) => {
        const of = (explained: boolean) => same.filter((each) => each.explained === explained);
        return {
          cause,
          explained: sum(of(true).map(({ lost }) => lost)),
          unexplained: sum(of(false).map(({ lost }) => lost)),
          rows: same.reduce((n, { rows }) => n + rows, 0),
          bare: of(false).reduce((n, { rows }) => n + rows, 0),
          forms: points.causes.find((each) => each.cause === cause)?.losingForms ?? 0,
        };
      })
      .toSorted(
        (a, b) => Number(sum([b.explained, b.unexplained])) - Number(sum([a.explained, a.unexplained])),
      );
  }, [points]);
  const figures: FigureTable = {
    columns: [
      { title: t("原因") },
      { title: t("失分"), isNumber: true },
      { title: t("行数"), isNumber: true },
      { title: t("没写偏差原因的失分"), isNumber: true },
      { title: t("没写偏差原因的行"), isNumber: true },
      { title: t("失分的表"), isNumber: true },
    ],
    lines: causes.map(({ cause, explained, unexplained, rows, bare, forms }) => ({
      key: cause,
      cells: [
        CAUSES[cause],
        sum([explained, unexplained]),
        String(rows),
        unexplained,
        String(bare),
        String(forms),
      ],
      to: behind(asked, { cause }),
      forms,
    })),
  };
  const option = useMemo(() => {
    const bar = (name: string, color: string, of: "explained" | "unexplained") => ({
      name,
      type: "bar",
      stack: "lost",
      barMaxWidth: 20,
      itemStyle: { color },
      data: causes.map((each) => ({ key: each.cause, value: Number(each[of]) })),
    });
    return {
      ...frame(colours),
      grid: { ...frame(colours).grid, right: 90 },
      legend: { top: 0, right: 0, textStyle: { color: colours.ink }, itemHeight: 10 },
      xAxis: valueAxis(colours, t("失分")),
      yAxis: nameAxis(
        colours,
        causes.map(({ cause }) => CAUSES[cause]),
        { inverse: true },
      ),
      series: [
        bar(t("写了偏差原因"), colours.blue, "explained"),
        {
          ...bar(t("没写偏差原因"), colours.orange, "unexplained"),
          label: {
            ...markLabel(colours, "right"),
            formatter: ({ dataIndex }: { dataIndex: number }) =>
              t("{{lost}}分，{{n}}行", {
                lost: sum([causes[dataIndex]?.explained ?? "0", causes[dataIndex]?.unexplained ?? "0"]),
                n: causes[dataIndex]?.rows ?? 0,
              }),
          },
        },
      ],
    };
  }, [colours, causes]);
  const bare = causes.reduce((n, each) => n + each.bare, 0);
  const rows = causes.reduce((n, each) => n + each.rows, 0);
  if (causes.length === 0) return null;
  return (
    <ChartCard
      title={t("指标为什么失分")}
      says={t("{{rows}}行失分，{{worst}}最多；{{bare}}行没有写偏差原因。", {
        rows,
        worst: CAUSES[causes[0]?.cause ?? "unknown"],
        bare,
      })}
      notes={[t("按指标值与完成值的关系归类，由系统读出；不含预算执行得分。")]}
      figures={figures}
      option={option}
      height={64 + causes.length * 34}
    />
  );
}

function Heat({ asked, points }: { readonly asked: Asked; readonly points: Points }) {
  const colours = useChartColours();
  const bodies = useMemo(() => points.bodies.filter(({ rows }) => rows > 0), [points]);
  const columns = points.categories.map(({ category, title }) => ({ key: wayOf(category), title }));
  const figures: FigureTable = {
    columns: [
      { title: t("部门（单位）") },
      { title: t("失去分值的%"), isNumber: true },
      ...columns.map(({ title }) => ({ title: t("{{title}}%", { title }), isNumber: true as const })),
    ],
    lines: bodies.map(({ organisation, name, points: of, lost, losingForms, cells }) => ({
      key: organisation,
      cells: [
        name,
        shareOf(lost, of),
        ...columns.map(({ key }) => {
          const cell = cells.find(({ category }) => wayOf(category) === key);
          return cell ? shareOf(cell.lost, cell.points) : null;
        }),
      ],
      ...(losingForms > 0
        ? { to: behind({ ...asked, organisation }, { category: "any" }), forms: losingForms }
        : {}),
      ways: [
        null,
        null,
        ...columns.map(({ key }) => {
          const forms = cells.find(({ category }) => wayOf(category) === key)?.losingForms ?? 0;
          return forms > 0 ? { to: behind({ ...asked, organisation }, { category: key }), forms } : null;
        }),
      ],
    })),
  };
  const cells = useMemo(
    () =>
      bodies.flatMap(({ cells: own }, y) =>
        own.flatMap(({ category, points: of, lost, losingForms }) => {
          const share = shareOf(lost, of);
          const x = points.categories.findIndex((each) => each.category === category);
          return share === null
            ? []
            : [
                {
                  value: [x, y, Number(share)],
                  words: parseDecimal(lost)?.units === 0n ? "0" : share,
                  category: wayOf(category),
                  key: cellKey(bodies[y]?.organisation ?? "", x + LEADING),
                  says:
                    losingForms > 0
                      ? t("{{n}}张表在这一类上失{{lost}}分，占分值的{{share}}%", {
                          n: losingForms,
                          lost,
                          share,
                        })
                      : t("这一类没有失分"),
                  y,
                },
              ];
        }),
      ),
    [bodies, points],
  );
  const most = cells.toSorted((a, b) => Number(b.words) - Number(a.words))[0];
  const option = useMemo(() => {
    const top = Math.max(1, ...cells.map(({ words }) => Number(words)));
    return {
      ...frame(colours),
      grid: { ...frame(colours).grid, top: 8, bottom: 8 },
      xAxis: nameAxis(
        colours,
        points.categories.map(({ title }) => title.replace(/指标$/, "")),
        { position: "top", axisLine: { show: false } },
      ),
      yAxis: nameAxis(
        colours,
        bodies.map(({ name }) => name),
        { inverse: true, axisLine: { show: false } },
      ),
      tooltip: {
        ...frame(colours).tooltip,
        formatter: ({ data }: { data: { says: string } }) => data.says,
      },
      visualMap: { show: false, min: 0, max: top, inRange: { color: [...colours.ramp] } },
      series: [
        {
          type: "heatmap",
          itemStyle: { borderColor: colours.ground, borderWidth: 2 },
          data: cells.map(({ value, words, key, says }) => ({
            value,
            key,
            says,
            label: {
              show: true,
              color: colours.isDark
                ? Number(words) > top * 0.55
                  ? "#1a1a1a"
                  : "#e8e8e8"
                : Number(words) > top * 0.8
                  ? "#ffffff"
                  : "#262626",
              formatter: words,
            },
          })),
        },
      ],
    };
  }, [colours, cells, bodies, points]);
  return (
    <ChartCard
      title={t("哪个部门（单位）在哪一类上失分")}
      says={
        most && Number(most.words) > 0
          ? t("格中是失去分值的百分比。最高的是{{name}}的{{category}}，{{share}}%。", {
              name: bodies[most.y]?.name ?? "",
              category:
                points.categories.find(({ category }) => wayOf(category) === most.category)?.title ?? "",
              share: most.words,
            })
          : t("没有一类失分。")
      }
      notes={[
        t("没有这类指标的格子是空的，不是0。"),
        t("点一格，看这个部门（单位）在这一类上失分的表；表里也可以点。"),
      ]}
      figures={figures}
      option={option}
      height={40 + bodies.length * 30}
    />
  );
}
