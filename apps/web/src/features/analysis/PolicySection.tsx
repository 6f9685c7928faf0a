import { compare, parseDecimal } from "@jiheng/domain";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Progress, Select } from "antd";
import { useMemo, useState } from "react";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { useChartColours } from "../../ui/Chart.tsx";
import { ChartCard } from "../../ui/ChartCard.tsx";
import { Failed } from "../../ui/Failed.tsx";
import type { FigureTable } from "../../ui/figures-table.ts";
import type { Asked } from "./asked.ts";
import { frame, markLabel, nameAxis, valueAxis } from "./frame.ts";
import { bandName, scoreBands } from "./shares.ts";

type Item = Answered<"comparePolicyTotals">["items"][number];

const PAGE = "50";

/** What the totals and grades of the year would be under another policy. Nothing is written. */
export function PolicySection({ asked }: { readonly asked: Asked }) {
  const [policy, setPolicy] = useState<string>();
  const [running, setRunning] = useState(false);
  const [items, setItems] = useState<{ readonly of: string; readonly list: readonly Item[] }>();
  const [counted, setCounted] = useState(0);
  const [error, setError] = useState<Error | null>(null);
  const policies = useQuery({
    queryKey: ["policies"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await call("listPolicies")).body.policies,
  });
  const named = `${JSON.stringify(asked)} ${policy ?? ""}`;
  const run = async () => {
    if (!policy) return;
    setRunning(true);
    setError(null);
    setCounted(0);
    const list: Item[] = [];
    try {
      for (let after: string | null = null; ; ) {
        const { body }: { body: Answered<"comparePolicyTotals"> } = await call("comparePolicyTotals", {
          params: { policy },
          query: { ...asked, limit: PAGE, ...(after === null ? {} : { after }) },
        });
        list.push(...body.items);
        setCounted(list.length);
        after = body.next;
        if (after === null) break;
      }
      setItems({ of: named, list });
    } catch (failed) {
      setError(failed as Error);
    } finally {
      setRunning(false);
    }
  };
  if (policies.error) return <Failed error={policies.error} again={policies.refetch} />;
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t("换成哪套评分办法")}
          placeholder={t("换成哪套评分办法")}
          style={{ width: 420, maxWidth: "100%" }}
          loading={policies.isPending}
          showSearch={{ optionFilterProp: "label" }}
          value={policy ?? null}
          onChange={(next: string | null) => setPolicy(next ?? undefined)}
          options={(policies.data ?? []).map(({ id, title, draft }) => ({
            value: id,
            label: draft ? t("{{title}}（征求意见）", { title }) : title,
          }))}
        />
        <Button type="primary" disabled={!policy} loading={running} onClick={() => void run()}>
          {t("试算")}
        </Button>
        {running && (
          <span role="status">
            <Progress type="circle" size={16} percent={30} showInfo={false} aria-hidden />{" "}
            {t("已算{{n}}张", { n: counted })}
          </span>
        )}
      </Flex>
      {error && <Failed error={error} again={run} />}
      {items && items.of === named ? (
        <Compared list={items.list} title={policies.data?.find(({ id }) => id === policy)?.title ?? ""} />
      ) : (
        <Alert
          type="info"
          title={t("选一套评分办法，看这一年的表换成它以后总分和等级会怎样变。只是试算，不改任何表。")}
        />
      )}
    </Flex>
  );
}

/** Which way a total went; null where one of the two is not a number. */
function moved({ before, after }: Item): number | null {
  const [from, to] = [before, after].map(({ low, high }) =>
    low !== null && low === high ? parseDecimal(low) : null,
  );
  return from && to ? compare(to, from) : null;
}

function told({ low, high }: Item["before"]): string | null {
  return low === null || high === null ? null : low === high ? low : `${low}–${high}`;
}

function Compared({ list, title }: { readonly list: readonly Item[]; readonly title: string }) {
  const colours = useChartColours();
  const { bands, before, after, unclear } = useMemo(() => {
    const sure = list.filter((item) => moved(item) !== null);
    const count = (side: "before" | "after") =>
      [...Map.groupBy(sure, (item) => Math.max(0, Math.min(100, Math.floor(Number(item[side].low)))))].map(
        ([from, same]) => ({ from, forms: same.length }),
      );
    const all = scoreBands([...count("before"), ...count("after")]);
    const inBand = (side: "before" | "after") => {
      const own = count(side);
      return all.map((band) =>
        own
          .filter(({ from }) => from >= band.from && from < band.below)
          .reduce((sum, { forms }) => sum + forms, 0),
      );
    };
    return {
      bands: all,
      before: inBand("before"),
      after: inBand("after"),
      unclear: list.length - sure.length,
    };
  }, [list]);
  const option = useMemo(() => {
    const bar = (name: string, color: string, data: readonly number[]) => ({
      name,
      type: "bar",
      barGap: "5%",
      itemStyle: { color },
      label: markLabel(colours, "top"),
      data: [...data],
    });
    return {
      ...frame(colours),
      legend: { top: 0, right: 0, textStyle: { color: colours.ink }, itemHeight: 10 },
      xAxis: nameAxis(colours, bands.map(bandName)),
      yAxis: valueAxis(colours, t("表数"), { minInterval: 1 }),
      series: [bar(t("原来的办法"), colours.grey, before), bar(t("换成的办法"), colours.blue, after)],
    };
  }, [colours, bands, before, after]);
  const changed = list.filter(
    (item) =>
      told(item.before) !== told(item.after) || item.before.grades.join() !== item.after.grades.join(),
  );
  const graded = changed.filter((item) => item.before.grades.join() !== item.after.grades.join());
  const up = list.filter((item) => moved(item) === 1).length;
  const down = list.filter((item) => moved(item) === -1).length;
  const bandsTable: FigureTable = {
    columns: [
      { title: t("总分") },
      { title: t("原来的办法"), isNumber: true },
      { title: t("换成的办法"), isNumber: true },
    ],
    lines: bands.map((band, index) => ({
      key: String(band.from),
      cells: [bandName(band), String(before[index]), String(after[index])],
    })),
  };
  const movedTable: FigureTable = {
    columns: [
      { title: t("项目") },
      { title: t("填写的总分"), isNumber: true },
      { title: t("按原办法"), isNumber: true },
      { title: t("按换成的办法"), isNumber: true },
      { title: t("原等级") },
      { title: t("新等级") },
    ],
    lines: changed.map((item) => ({
      key: item.submission,
      cells: [
        item.project,
        item.totalScore,
        told(item.before),
        told(item.after),
        item.before.grades.map((grade) => t(grade)).join("/") || null,
        item.after.grades.map((grade) => t(grade)).join("/") || null,
      ],
      to: `/forms/${item.submission}`,
    })),
  };
  return (
    <>
      <ChartCard
        title={t("换办法前后的总分")}
        says={t("{{n}}张按“{{title}}”重算：{{up}}张升，{{down}}张降，{{graded}}张的等级会变。", {
          n: list.length,
          title,
          up,
          down,
          graded: graded.length,
        })}
        notes={[
          t("两边都是按表上的指标和完成值重算的总分，不是填写的总分；只含您可以查看的表。"),
          ...(unclear > 0
            ? [t("{{n}}张只能算出上下限或不能算，不在图上，变了的列在下表。", { n: unclear })]
            : []),
        ]}
        figures={bandsTable}
        option={option}
        height={260}
      />
      <ChartCard
        title={t("会变的表")}
        says={
          changed.length > 0
            ? t("{{n}}张的总分或等级会变。", { n: changed.length })
            : t("没有一张的总分或等级会变。")
        }
        figures={movedTable}
      />
    </>
  );
}
