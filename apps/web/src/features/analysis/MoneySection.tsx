import { Card, Spin } from "antd";
import { lazy, Suspense, useMemo } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { inWan } from "../../ui/figures.ts";
import type { FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { rollupNote, Section } from "./Section.tsx";
import { shareOf } from "./shares.ts";

const FlowCard = lazy(async () => ({ default: (await import("./FlowCard.tsx")).FlowCard }));

type Money = Answered<"getMoneyStatistics">;
type Flow = Money["totals"];

const wan = (yuan: string): number => Number(yuan) / 10_000;

/** What became of the money between the initial budget and what was spent. */
export function MoneySection({ asked }: { readonly asked: Asked }) {
  return (
    <Section
      name="money"
      of={asked}
      ask={async () => (await call("getMoneyStatistics", { query: { ...asked } })).body}
    >
      {(money) => (
        <>
          <Suspense
            fallback={
              <Card size="small" style={{ minHeight: 420 }}>
                <Spin />
              </Card>
            }
          >
            <FlowCard asked={asked} money={money} notes={notDrawn(money.totals)}>
              <LeftOut asked={asked} flow={money.totals} />
            </FlowCard>
          </Suspense>
          <Steps asked={asked} money={money} />
          {money.bodies.length > 1 && <Bodies asked={asked} money={money} />}
        </>
      )}
    </Section>
  );
}

/** What is no stream, in words; nothing where all of it is. */
function notDrawn({ forms, incomplete, suspect, negative }: Flow): string[] {
  const all = forms + incomplete + suspect + negative;
  return incomplete + suspect + negative > 0
    ? [
        t("共{{all}}张，画出{{forms}}张的合计；缺金额、有负数和像是单位填错的没有当作0，没有计入。", {
          all,
          forms,
        }),
      ]
    : [];
}

/** The forms that no sum of money holds, and those that hold nothing, each with why and the way to them. */
function LeftOut({
  asked,
  flow: { incomplete, suspect, negative, formsZero },
}: {
  readonly asked: Asked;
  readonly flow: Flow;
}) {
  const kinds = [
    { n: incomplete, more: { without: "money" }, says: t("{{n}}张缺金额，没有计入", { n: incomplete }) },
    {
      n: suspect,
      more: { suspect: "yes" },
      says: t("{{n}}张金额相差百倍以上、像是单位填错，没有计入", { n: suspect }),
    },
    { n: negative, more: { money: "negative" }, says: t("{{n}}张有负数，没有计入", { n: negative }) },
    {
      n: formsZero,
      more: { money: "zero" },
      says: t("{{n}}张三项金额都是0，计入了但画不出", { n: formsZero }),
    },
  ].filter(({ n }) => n > 0);
  return (
    <>
      {kinds.map(({ n, more, says }, index) => (
        <span key={says}>
          {index > 0 && "；"}
          <Link to={behind(asked, more)} data-forms={n}>
            {says}
          </Link>
        </span>
      ))}
    </>
  );
}

function Steps({ asked, money: { totals, rollups } }: { readonly asked: Asked; readonly money: Money }) {
  const colours = useChartColours();
  const steps = useMemo(() => {
    const { initialBudget, increased, decreased, adjustedBudget, unspent, overspent, expenditure } = totals;
    return [
      { key: "initial", name: t("年初预算数"), yuan: initialBudget, from: 0, isSum: true },
      { key: "increased", name: t("调增"), yuan: increased, from: wan(initialBudget), isSum: false },
      { key: "decreased", name: t("调减"), yuan: decreased, from: wan(adjustedBudget), isSum: false },
      { key: "adjusted", name: t("全年预算数"), yuan: adjustedBudget, from: 0, isSum: true },
      {
        key: "unspent",
        name: t("没有花的"),
        yuan: unspent,
        from: wan(adjustedBudget) - wan(unspent),
        isSum: false,
      },
      {
        key: "overspent",
        name: t("超出预算花的"),
        yuan: overspent,
        from: wan(adjustedBudget) - wan(unspent),
        isSum: false,
      },
      { key: "spent", name: t("全年执行数"), yuan: expenditure, from: 0, isSum: true },
    ];
  }, [totals]);
  const formsOf: Readonly<Record<string, number>> = {
    increased: totals.formsIncreased,
    decreased: totals.formsDecreased,
    unspent: totals.formsUnspent,
    overspent: totals.formsOverspent,
  };
  const figures: FigureTable = {
    columns: [
      { title: t("步骤") },
      { title: t("金额（元）"), isNumber: true },
      { title: t("占年初预算%"), isNumber: true },
      { title: t("表数"), isNumber: true },
    ],
    lines: steps.map(({ key, name, yuan }) => {
      const forms = formsOf[key] ?? totals.forms;
      return {
        key,
        cells: [name, yuan, shareOf(yuan, totals.initialBudget), String(forms)],
        ...(forms > 0 ? { to: behind(asked, { money: key in formsOf ? key : "counted" }), forms } : {}),
      };
    }),
  };
  const option = useMemo(
    () => ({
      ...frame(colours),
      xAxis: nameAxis(
        colours,
        steps.map(({ name }) => name),
      ),
      yAxis: valueAxis(colours, t("万元")),
      series: [
        {
          type: "bar",
          stack: "flow",
          silent: true,
          itemStyle: { color: "transparent" },
          data: steps.map(({ from }) => from),
        },
        {
          type: "bar",
          stack: "flow",
          barMaxWidth: 56,
          label: {
            ...markLabel(colours, "top"),
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          data: steps.map(({ key, yuan, isSum }) => ({
            key,
            value: wan(yuan),
            words: `${isSum ? "" : key === "increased" || key === "overspent" ? "+" : "−"}${inWan(yuan)}`,
            itemStyle: { color: isSum ? colours.blue : colours.orange },
          })),
        },
      ],
    }),
    [colours, steps],
  );
  return (
    <ChartCard
      title={t("钱从年初预算走到年末执行")}
      says={t(
        "{{n}}张表年初预算{{initial}}万元，调增{{increased}}、调减{{decreased}}，全年预算{{adjusted}}万元；执行{{spent}}万元，执行率{{rate}}%，{{unspent}}万元没有花。",
        {
          n: totals.forms,
          initial: inWan(totals.initialBudget),
          increased: inWan(totals.increased),
          decreased: inWan(totals.decreased),
          adjusted: inWan(totals.adjustedBudget),
          spent: inWan(totals.expenditure),
          rate: shareOf(totals.expenditure, totals.adjustedBudget) ?? "—",
          unspent: inWan(totals.unspent),
        },
      )}
      notes={[
        t("调增、调减、没有花的和超出的逐张相加，不互相抵销，所以每一步都对得上。"),
        ...rollupNote(rollups),
      ]}
      figures={figures}
      option={option}
      height={300}
    >
      <LeftOut asked={asked} flow={totals} />
    </ChartCard>
  );
}

function Bodies({ asked, money: { bodies } }: { readonly asked: Asked; readonly money: Money }) {
  const colours = useChartColours();
  const shown = useMemo(
    () =>
      bodies
        .filter(({ forms }) => forms > 0)
        .toSorted((a, b) => Number(b.adjustedBudget) - Number(a.adjustedBudget)),
    [bodies],
  );
  const figures: FigureTable = {
    columns: [
      { title: t("部门（单位）") },
      { title: t("表数"), isNumber: true },
      { title: t("年初预算数（元）"), isNumber: true },
      { title: t("调增（元）"), isNumber: true },
      { title: t("调减（元）"), isNumber: true },
      { title: t("全年预算数（元）"), isNumber: true },
      { title: t("全年执行数（元）"), isNumber: true },
      { title: t("执行率%"), isNumber: true },
      { title: t("没有计入的表"), isNumber: true },
    ],
    lines: bodies.map((body) => ({
      key: body.organisation,
      cells: [
        body.name,
        String(body.forms),
        body.initialBudget,
        body.increased,
        body.decreased,
        body.adjustedBudget,
        body.expenditure,
        shareOf(body.expenditure, body.adjustedBudget),
        String(body.incomplete + body.suspect + body.negative),
      ],
      ...(body.forms > 0
        ? {
            to: behind({ ...asked, organisation: body.organisation }, { money: "counted" }),
            forms: body.forms,
          }
        : {}),
    })),
  };
  const option = useMemo(
    () => ({
      ...frame(colours),
      grid: { ...frame(colours).grid, right: 72 },
      legend: {
        top: 0,
        right: 0,
        textStyle: { color: colours.ink },
        itemHeight: 10,
        data: [t("全年预算数"), t("全年执行数"), t("年初预算数")],
      },
      xAxis: valueAxis(colours, t("万元")),
      yAxis: nameAxis(
        colours,
        shown.map(({ name }) => name),
        { inverse: true },
      ),
      series: [
        {
          name: t("全年预算数"),
          type: "bar",
          barWidth: 18,
          itemStyle: { color: colours.isDark ? "#4a4f57" : "#d5d9df" },
          data: shown.map(({ organisation, adjustedBudget }) => ({
            key: organisation,
            value: wan(adjustedBudget),
          })),
        },
        {
          name: t("全年执行数"),
          type: "bar",
          barWidth: 8,
          barGap: "-72%",
          itemStyle: { color: colours.blue },
          data: shown.map(({ organisation, expenditure }) => ({
            key: organisation,
            value: wan(expenditure),
          })),
        },
        {
          name: t("年初预算数"),
          type: "scatter",
          symbol: "rect",
          symbolSize: [3, 22],
          itemStyle: { color: colours.orange },
          data: shown.map(({ organisation, initialBudget }) => ({
            key: organisation,
            value: wan(initialBudget),
          })),
        },
        {
          // The rate stands beyond whatever reaches furthest.
          type: "scatter",
          silent: true,
          symbolSize: 0,
          tooltip: { show: false },
          label: {
            ...markLabel(colours, "right"),
            distance: 12,
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          data: shown.map(({ initialBudget, adjustedBudget, expenditure }) => ({
            value: Math.max(wan(initialBudget), wan(adjustedBudget), wan(expenditure)),
            words: `${shareOf(expenditure, adjustedBudget) ?? "—"}%`,
          })),
        },
      ],
    }),
    [colours, shown],
  );
  const rates = shown.flatMap(({ name, expenditure, adjustedBudget }) => {
    const share = shareOf(expenditure, adjustedBudget);
    return share === null ? [] : [{ name, share }];
  });
  const lowest = rates.toSorted((a, b) => Number(a.share) - Number(b.share))[0];
  return (
    <ChartCard
      title={t("各部门（单位）的预算、调整和执行")}
      says={
        lowest
          ? t(
              "执行率最低的是{{name}}，{{share}}%。灰条是全年预算，蓝条是执行，竖线是年初预算；右边的数是执行率。",
              {
                name: lowest.name,
                share: lowest.share,
              },
            )
          : ""
      }
      figures={figures}
      option={option}
      height={50 + shown.length * 32}
    />
  );
}
