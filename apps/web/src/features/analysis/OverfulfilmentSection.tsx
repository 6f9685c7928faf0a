import { Select } from "antd";
import { useMemo, useState } from "react";
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

type Over = Answered<"getOverfulfilment">;

const LIMITS = ["110", "120", "130", "150", "200"];

/** How far results go beyond their targets: what was set too low shows itself here. */
export function OverfulfilmentSection({ asked }: { readonly asked: Asked }) {
  const [from, setFrom] = useState("130");
  return (
    <>
      <Select
        aria-label={t("从指标值的百分之多少起算超额")}
        size="small"
        style={{ width: 220, marginBottom: 8 }}
        value={from}
        onChange={setFrom}
        options={LIMITS.map((value) => ({ value, label: t("完成值达到指标值的{{value}}%起", { value }) }))}
      />
      <Section
        name="over"
        of={[asked, from]}
        ask={async () => (await call("getOverfulfilment", { query: { ...asked, from } })).body}
      >
        {(over) => (
          <>
            <Completion asked={asked} over={over} />
            <Names asked={asked} over={over} />
          </>
        )}
      </Section>
    </>
  );
}

function Completion({ asked, over }: { readonly asked: Asked; readonly over: Over }) {
  const colours = useChartColours();
  const bands = useMemo(() => {
    const froms = over.bands.map(({ from }) => from);
    const [low, high] = [Math.min(90, ...froms), Math.max(over.from, ...froms)];
    const all = [];
    for (let from = low; from <= high; from += 10)
      all.push(over.bands.find((band) => band.from === from) ?? { from, rows: 0, forms: 0 });
    return all;
  }, [over]);
  const named = (from: number) => (from >= 200 ? t("200以上") : `${from}–${from + 10}`);
  const figures: FigureTable = {
    columns: [
      { title: t("完成值占指标值%") },
      { title: t("行数"), isNumber: true },
      { title: t("占%"), isNumber: true },
      { title: t("在几张表上"), isNumber: true },
    ],
    lines: bands.map(({ from, rows, forms }) => ({
      key: String(from),
      cells: [named(from), String(rows), shareOf(rows, over.compared), String(forms)],
      ...(forms > 0 ? { to: behind(asked, { completion: String(from) }), forms } : {}),
    })),
  };
  const option = useMemo(
    () => ({
      ...frame(colours),
      xAxis: nameAxis(
        colours,
        bands.map(({ from }) => named(from)),
        {
          name: t("完成值占指标值%"),
          nameLocation: "middle",
          nameGap: 26,
          nameTextStyle: { color: colours.quiet },
        },
      ),
      yAxis: valueAxis(colours, t("行数"), { minInterval: 1 }),
      series: [
        {
          type: "bar",
          barCategoryGap: "12%",
          label: markLabel(colours, "top"),
          data: bands.map(({ from, rows }) => ({
            key: String(from),
            value: rows,
            itemStyle: { color: from >= over.from ? colours.orange : colours.blue },
          })),
        },
      ],
    }),
    [colours, bands, over.from],
  );
  return (
    <ChartCard
      title={t("完成值离指标值有多远")}
      says={t("{{compared}}行可以比较，{{over}}行达到指标值的{{from}}%以上，占{{share}}%。", {
        compared: over.compared,
        over: over.over,
        from: over.from,
        share: shareOf(over.over, over.compared) ?? "—",
      })}
      notes={[
        t("只比较要求不低于、等于指标值的数字；{{n}}行是文字、上限、为零或单位不同，没有比较。", {
          n: over.left,
        }),
        ...rollupNote(over.rollups),
      ]}
      figures={figures}
      option={option}
      height={240}
    />
  );
}

function Names({ asked, over }: { readonly asked: Asked; readonly over: Over }) {
  const figures: FigureTable = {
    columns: [
      { title: t("指标") },
      { title: t("单位（计量）") },
      { title: t("超额的行"), isNumber: true },
      { title: t("可比的行"), isNumber: true },
      { title: t("超额的表"), isNumber: true },
      { title: t("完成率中位数%"), isNumber: true },
      { title: t("最高%"), isNumber: true },
    ],
    lines: over.indicators.map(({ name, unit, compared, over: rows, forms, median, highest }) => ({
      key: `${name} ${unit ?? ""}`,
      cells: [name, unit, String(rows), String(compared), String(forms), median, highest],
      to: behind(asked, { indicator: name, over: String(over.from), unit: unit ?? "" }),
      forms,
    })),
  };
  return (
    <ChartCard
      title={t("指标值可能定低了的指标")}
      says={
        over.names > 0
          ? t("{{n}}个指标名称有超额{{from}}%以上的行，列出{{listed}}个，超额行多的在前。", {
              n: over.names,
              from: over.from,
              listed: over.indicators.length,
            })
          : t("没有一个指标的完成值达到指标值的{{from}}%。可以把起算点调低再看。", { from: over.from })
      }
      figures={figures}
    />
  );
}
