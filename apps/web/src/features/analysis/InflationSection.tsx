import { useMemo } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import type { FigureTable } from "../../ui/figures-table.ts";
import { type Asked, behind } from "./asked.ts";
import { frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { rollupNote, Section } from "./Section.tsx";
import { shareOf } from "./shares.ts";

type Answer = Answered<"getBodyStatistics">;
type Inflation = Answer["totals"]["inflation"];

const SIGNS: readonly {
  readonly key: "unmeasured" | "boilerplate" | "exact" | "above";
  readonly title: string;
  readonly means: string;
  readonly of: (figures: Inflation) => readonly [string, string];
  readonly forms: (figures: Inflation) => number;
}[] = [
  {
    key: "unmeasured",
    title: t("没有量化的分值"),
    means: t("没有量化的分值：指标值不是数字的指标行的分值，占指标行分值合计。"),
    of: ({ unmeasured, points }) => [unmeasured, points],
    forms: ({ formsUnmeasured }) => formsUnmeasured,
  },
  {
    key: "boilerplate",
    title: t("套话完成值"),
    means: t("套话完成值：完成值只写达成、完成一类的话，或者照抄指标值文字的行，占全部指标行。"),
    of: ({ boilerplate, rows }) => [String(boilerplate), String(rows)],
    forms: ({ formsBoilerplate }) => formsBoilerplate,
  },
  {
    key: "exact",
    title: t("分毫不差"),
    means: t("分毫不差：完成值恰好等于指标值的行，占数量类指标行；比率、满意度、成本和为零的不算。"),
    of: ({ exact, counted }) => [String(exact), String(counted)],
    forms: ({ formsExact }) => formsExact,
  },
  {
    key: "above",
    title: t("总分高于按办法重算"),
    means: t("总分高于按办法重算：填写的总分高于按评分办法重算总分（不能确定的取上限）的表，占能重算的表。"),
    of: ({ above, recomputed }) => [String(above), String(recomputed)],
    forms: ({ above }) => above,
  },
];

/** What speaks for scores that are higher than the work, each with how it is meant. */
export function InflationSection({ asked }: { readonly asked: Asked }) {
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
          <Signs asked={asked} answer={answer} />
          {answer.bodies.length > 1 && <Bodies asked={asked} answer={answer} />}
        </>
      )}
    </Section>
  );
}

function Signs({ asked, answer: { totals } }: { readonly asked: Asked; readonly answer: Answer }) {
  const colours = useChartColours();
  const { inflation } = totals;
  const figures: FigureTable = {
    columns: [
      { title: t("迹象") },
      { title: t("有"), isNumber: true },
      { title: t("共"), isNumber: true },
      { title: t("占%"), isNumber: true },
      { title: t("有它的表"), isNumber: true },
    ],
    lines: SIGNS.map(({ key, title, of, forms }) => {
      const [part, whole] = of(inflation);
      const found = forms(inflation);
      return {
        key,
        cells: [title, part, whole, shareOf(part, whole), String(found)],
        to: behind(asked, { sign: key }),
        forms: found,
      };
    }),
  };
  const option = useMemo(
    () => ({
      ...frame(colours),
      grid: { ...frame(colours).grid, right: 40 },
      xAxis: valueAxis(colours, "%", { min: 0, max: 100 }),
      yAxis: nameAxis(
        colours,
        SIGNS.map(({ title }) => title),
        { inverse: true },
      ),
      series: [
        {
          type: "bar",
          barMaxWidth: 22,
          showBackground: true,
          backgroundStyle: { color: colours.isDark ? "#2a2d31" : "#eef0f3" },
          itemStyle: { color: colours.orange },
          label: {
            ...markLabel(colours, "right"),
            formatter: ({ data }: { data: { words: string } }) => data.words,
          },
          data: SIGNS.map(({ key, of }) => {
            const [part, whole] = of(inflation);
            const share = shareOf(part, whole);
            return {
              key,
              value: share === null ? null : Number(share),
              words: t("{{share}}%（{{part}} / {{whole}}）", { share: share ?? "—", part, whole }),
            };
          }),
        },
      ],
    }),
    [colours, inflation],
  );
  return (
    <ChartCard
      title={t("分数虚高的迹象")}
      says={t(
        "{{unmeasured}}%的分值没有量化，{{boilerplate}}%的完成值是套话，{{exact}}%的数量指标分毫不差；{{above}}张的总分高于按办法重算，共高出{{by}}分。",
        {
          unmeasured: shareOf(inflation.unmeasured, inflation.points) ?? "—",
          boilerplate: shareOf(inflation.boilerplate, inflation.rows) ?? "—",
          exact: shareOf(inflation.exact, inflation.counted) ?? "—",
          above: inflation.above,
          by: inflation.aboveBy,
        },
      )}
      notes={[
        t("迹象不等于问题，是复核时先看哪里的线索。"),
        ...SIGNS.map(({ means }) => means),
        ...rollupNote(totals.rollups),
      ]}
      figures={figures}
      option={option}
      height={190}
    />
  );
}

function Bodies({ asked, answer: { bodies } }: { readonly asked: Asked; readonly answer: Answer }) {
  const figures: FigureTable = {
    columns: [
      { title: t("部门（单位）") },
      { title: t("表数"), isNumber: true },
      ...SIGNS.map(({ title }) => ({
        title: t("{{title}}%", { title }),
        isNumber: true as const,
        hasBar: true as const,
      })),
      { title: t("高出的分数"), isNumber: true, hasBar: true },
    ],
    lines: bodies.map(({ organisation, name, forms, inflation }) => ({
      key: organisation,
      cells: [
        name,
        String(forms),
        ...SIGNS.map(({ of }) => shareOf(...(of(inflation) as [string, string]))),
        inflation.recomputed > 0 ? inflation.aboveBy : null,
      ],
      to: behind({ ...asked, organisation }, {}),
      forms,
      ways: [
        null,
        null,
        ...SIGNS.map(({ key, forms: found }) =>
          found(inflation) > 0
            ? { to: behind({ ...asked, organisation }, { sign: key }), forms: found(inflation) }
            : null,
        ),
      ],
    })),
  };
  return (
    <ChartCard
      title={t("各部门（单位）的虚高迹象")}
      says={t("点列名排序；小条以本列最大的数为满格。")}
      figures={figures}
    />
  );
}
