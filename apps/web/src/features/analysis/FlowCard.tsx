import { SankeyChart } from "echarts/charts";
import { use } from "echarts/core";
import { type ReactNode, useMemo } from "react";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { type ChartColours, useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { inWan } from "../../ui/figures.ts";
import type { FigureLine, FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { escaped, frame } from "./frame.ts";
import { shareOf } from "./shares.ts";
import { type Place, type Stream, streamsOf } from "./streams.ts";

// Only this part of the page draws streams, and it is loaded apart.
use([SankeyChart]);

type Money = Answered<"getMoneyStatistics">;

/** More bodies than this are no picture: the small ones are drawn together. */
const MOST = 12;

const PLACES: Readonly<Record<Exclude<Place, `body:${string}`>, string>> = {
  rest: t("其余部门（单位）"),
  increased: t("年中追加"),
  adjusted: t("全年预算数"),
  decreased: t("年中调减"),
  overspent: t("超出全年预算的支出"),
  spent: t("全年执行数"),
  unspent: t("未执行"),
};

const bodyIn = (place: Place): string | null => (place.startsWith("body:") ? place.slice(5) : null);
const keyOf = ({ from, to }: Stream): string => `${from} ${to}`;

/** Which of the counted forms a stream is the sum of, as the list of forms asks for them. */
function pickedBy({ from, to }: Stream): string {
  if (to === "decreased") return "decreased";
  if (from === "increased" || from === "overspent") return from;
  return to === "unspent" ? "unspent" : "counted";
}

function colourOf(place: Place, colours: ChartColours): string {
  switch (place) {
    case "increased":
    case "overspent":
      return colours.green;
    case "unspent":
      return colours.orange;
    case "decreased":
    case "adjusted":
      return colours.grey;
    default:
      return colours.blue;
  }
}

/** Left to right: where it came from, what it became, what was done with it. */
function columnOf(place: Place): 0 | 1 | 2 {
  if (place === "spent" || place === "unspent") return 2;
  return place === "adjusted" || place === "decreased" || place === "overspent" ? 1 : 0;
}

/** The money as streams from the initial budgets over the adjusted budget to what was spent. */
export function FlowCard({
  asked,
  money,
  notes,
  children,
}: {
  readonly asked: Asked;
  readonly money: Money;
  readonly notes: readonly string[];
  readonly children: ReactNode;
}) {
  const colours = useChartColours();
  const { totals, bodies } = money;
  const { all, drawn, together } = useMemo(() => streamsOf(money, MOST), [money]);
  const figures: FigureTable = useMemo(() => {
    const names = new Map(bodies.map(({ organisation, name }) => [organisation, name]));
    const nameOf = (place: Place) => {
      const body = bodyIn(place);
      return body === null
        ? PLACES[place as keyof typeof PLACES]
        : t("{{name}}年初预算", { name: names.get(body) ?? "" });
    };
    const share = (yuan: string) => shareOf(yuan, totals.adjustedBudget);
    const total = (key: string, title: string, yuan: string, forms: number, of: string): FigureLine => ({
      key,
      cells: [t("合计：{{title}}", { title }), null, yuan, share(yuan), String(forms)],
      ...(forms > 0 ? { to: behind(asked, { money: of }), forms } : {}),
    });
    return {
      columns: [
        { title: t("从") },
        { title: t("到") },
        { title: t("金额（元）"), isNumber: true },
        { title: t("相当于全年预算的%"), isNumber: true },
        { title: t("表数"), isNumber: true },
      ],
      lines: [
        ...all.map((stream) => ({
          key: keyOf(stream),
          cells: [
            nameOf(stream.from),
            nameOf(stream.to),
            stream.yuan,
            share(stream.yuan),
            String(stream.forms),
          ],
          to: behind(stream.organisation === null ? asked : { ...asked, organisation: stream.organisation }, {
            money: pickedBy(stream),
          }),
          forms: stream.forms,
        })),
        total("initial", t("年初预算数"), totals.initialBudget, totals.forms, "counted"),
        total("increased", PLACES.increased, totals.increased, totals.formsIncreased, "increased"),
        total("decreased", PLACES.decreased, totals.decreased, totals.formsDecreased, "decreased"),
        total("adjusted", PLACES.adjusted, totals.adjustedBudget, totals.forms, "counted"),
        total("unspent", PLACES.unspent, totals.unspent, totals.formsUnspent, "unspent"),
        total("overspent", PLACES.overspent, totals.overspent, totals.formsOverspent, "overspent"),
        total("spent", PLACES.spent, totals.expenditure, totals.forms, "counted"),
      ],
    };
  }, [asked, totals, bodies, all]);
  const option = useMemo(() => {
    const amounts: Partial<Record<Place, string>> = {
      increased: totals.increased,
      adjusted: totals.adjustedBudget,
      decreased: totals.decreased,
      overspent: totals.overspent,
      spent: totals.expenditure,
      unspent: totals.unspent,
    };
    const known = new Map(bodies.map((body) => [body.organisation, body]));
    const rest = t("其余{{n}}个", { n: together });
    const described = (place: Place): string => {
      const body = known.get(bodyIn(place) ?? "");
      if (body) return `${body.name} ${inWan(body.initialBudget)}`;
      const amount = amounts[place];
      return place === "rest" || amount === undefined
        ? rest
        : `${PLACES[place as keyof typeof PLACES]} ${inWan(amount)}`;
    };
    const places = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))];
    return {
      ...frame(colours),
      series: [
        {
          type: "sankey",
          left: 264,
          right: 176,
          top: 20,
          bottom: 8,
          nodeWidth: 12,
          nodeGap: 14,
          nodeAlign: "left",
          // The order is ours: large bodies first, what came in beneath them.
          layoutIterations: 0,
          draggable: false,
          emphasis: { focus: "adjacency" },
          label: {
            color: colours.ink,
            fontSize: 12,
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          tooltip: { formatter: ({ data }: { data: { words: string } }) => escaped(data.words) },
          data: places.map((place) => {
            const column = columnOf(place);
            const first = drawn.find(({ from }) => from === place);
            return {
              name: place,
              depth: column,
              // A body's square leads where its first stream does, the others to the sums of the table.
              key: bodyIn(place) !== null && first ? keyOf(first) : place,
              words: described(place),
              // With a line around it a small amount stays to be seen.
              itemStyle: {
                color: colourOf(place, colours),
                borderColor: colourOf(place, colours),
                borderWidth: 1,
              },
              label: {
                position: column === 0 ? "left" : place === "adjusted" ? "top" : "right",
                ...(column === 1 ? {} : { width: column === 0 ? 252 : 168, overflow: "truncate" }),
              },
            };
          }),
          links: drawn.map((stream) => ({
            source: stream.from,
            target: stream.to,
            value: Number(stream.yuan) / 10_000,
            key: keyOf(stream),
            words: t("{{from}} → {{to}}：{{wan}}万元，{{n}}张表", {
              from: described(stream.from),
              to: described(stream.to),
              wan: inWan(stream.yuan),
              n: stream.forms,
            }),
            lineStyle: {
              color: colourOf(
                stream.to === "adjusted" || stream.from === "overspent" ? stream.from : stream.to,
                colours,
              ),
              opacity: colours.isDark ? 0.35 : 0.28,
            },
          })),
        },
      ],
    };
  }, [colours, totals, bodies, drawn, together]);
  return (
    <ChartCard
      title={t("钱从哪里来、花到哪里去")}
      says={[
        t(
          "年初预算{{initial}}万元，年中追加{{increased}}、调减{{decreased}}，成为全年预算{{adjusted}}万元；执行{{spent}}万元，未执行{{unspent}}万元。",
          {
            initial: inWan(totals.initialBudget),
            increased: inWan(totals.increased),
            decreased: inWan(totals.decreased),
            adjusted: inWan(totals.adjustedBudget),
            spent: inWan(totals.expenditure),
            unspent: inWan(totals.unspent),
          },
        ),
        ...(totals.formsOverspent > 0
          ? [
              t("{{n}}张表共超出全年预算支出{{overspent}}万元，含在执行数里。", {
                n: totals.formsOverspent,
                overspent: inWan(totals.overspent),
              }),
            ]
          : []),
      ].join("")}
      notes={[
        t("带的宽度是金额，数是万元；表里是元，分文不差。点一条带或一个方块，看它背后的表。"),
        ...(together > 0
          ? [t("年初预算小的{{n}}个部门（单位）在图上合为“其余”，表里逐个列出。", { n: together })]
          : []),
        ...notes,
      ]}
      figures={figures}
      option={option}
      height={Math.max(280, 60 + Math.min(bodies.length, MOST + 1) * 38)}
    >
      {children}
    </ChartCard>
  );
}
