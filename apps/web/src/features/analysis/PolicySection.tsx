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
import { type GradeVerdict, gradeVerdict, type TotalVerdict, totalVerdict } from "./policy-verdicts.ts";

type Item = Answered<"comparePolicyTotals">["items"][number];

const PAGE = "50";
const TOTALS: readonly (readonly [TotalVerdict, string])[] = [
  ["up", t("一定升")],
  ["down", t("一定降")],
  ["may", t("可能变")],
  ["same", t("不变")],
  ["unknown", t("不能算")],
];
const GRADES: readonly (readonly [GradeVerdict, string])[] = [
  ["changes", t("一定变")],
  ["may", t("可能变")],
  ["same", t("不变")],
  ["unknown", t("不能定")],
];

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

function told({ low, high }: Item["before"]): string | null {
  return low === null || high === null ? null : low === high ? low : `${low}–${high}`;
}

function Compared({ list, title }: { readonly list: readonly Item[]; readonly title: string }) {
  const colours = useChartColours();
  const verdicts = useMemo(
    () =>
      list.map((item) => ({
        item,
        total: totalVerdict(item.before, item.after),
        grade: gradeVerdict(item.before, item.after),
      })),
    [list],
  );
  const totals = useMemo(
    () =>
      TOTALS.map(([key, name]) => ({ name, forms: verdicts.filter(({ total }) => total === key).length })),
    [verdicts],
  );
  const grades = GRADES.map(([key, name]) => ({
    name,
    forms: verdicts.filter(({ grade }) => grade === key).length,
  }));
  const option = useMemo(
    () => ({
      ...frame(colours),
      xAxis: nameAxis(
        colours,
        totals.map(({ name }) => name),
      ),
      yAxis: valueAxis(colours, t("表数"), { minInterval: 1 }),
      series: [
        {
          name: t("总分"),
          type: "bar",
          barMaxWidth: 80,
          itemStyle: { color: colours.blue },
          label: markLabel(colours, "top"),
          data: totals.map(({ forms }) => forms),
        },
      ],
    }),
    [colours, totals],
  );
  const changed = verdicts.filter(({ total, grade }) => total !== "same" || grade !== "same");
  const verdictTable: FigureTable = {
    columns: [{ title: t("总分") }, { title: t("表数"), isNumber: true }],
    lines: totals.map(({ name, forms }) => ({ key: name, cells: [name, String(forms)] })),
  };
  const movedTable: FigureTable = {
    columns: [
      { title: t("项目") },
      { title: t("填写的总分"), isNumber: true },
      { title: t("按原办法"), isNumber: true },
      { title: t("按换成的办法"), isNumber: true },
      { title: t("总分") },
      { title: t("原等级") },
      { title: t("新等级") },
      { title: t("等级") },
    ],
    lines: changed.map(({ item, total, grade }) => ({
      key: item.submission,
      cells: [
        item.project,
        item.totalScore,
        told(item.before),
        told(item.after),
        TOTALS.find(([key]) => key === total)?.[1] ?? null,
        item.before.grades.map((each) => t(each)).join("/") || null,
        item.after.grades.map((each) => t(each)).join("/") || null,
        GRADES.find(([key]) => key === grade)?.[1] ?? null,
      ],
      to: `/forms/${item.submission}`,
    })),
  };
  return (
    <>
      <ChartCard
        title={t("换办法前后的总分")}
        says={t("{{n}}张按“{{title}}”重算总分：{{totals}}。等级：{{grades}}。", {
          n: list.length,
          title,
          totals: countsOf(totals),
          grades: countsOf(grades),
        })}
        notes={[
          t("两边都是按表上的指标和完成值重算的总分，不是填写的总分；只含您可以查看的表。"),
          t("有的行要人判断，总分只能算出上下限：上下限不相交才说一定升、一定降，相交的是可能变。"),
        ]}
        figures={verdictTable}
        option={option}
        height={260}
      />
      <ChartCard
        title={t("会变和可能变的表")}
        says={
          changed.length > 0
            ? t("{{n}}张的总分或等级会变、可能变或不能算。", { n: changed.length })
            : t("没有一张的总分或等级会变。")
        }
        figures={movedTable}
      />
    </>
  );
}

function countsOf(counts: readonly { readonly name: string; readonly forms: number }[]): string {
  return counts
    .filter(({ forms }) => forms > 0)
    .map(({ name, forms }) => t("{{name}}{{forms}}张", { name, forms }))
    .join("，");
}
