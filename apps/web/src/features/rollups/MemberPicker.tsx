import { STATE_TITLES } from "@jiheng/workflow";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Input, Select, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { inWan } from "../../ui/figures.ts";
import type { Member } from "./recipe.ts";

type Item = Answered<"listSubmissions">["items"][number];
const STATES = ["approved", "published", "archived"] as const;

/** The self-evaluations of a year that may be rolled up, found by name and body, picked one by one or a page at once. */
export function MemberPicker({
  year,
  members,
  onChange,
}: {
  readonly year: number;
  readonly members: readonly Member[];
  readonly onChange: (members: readonly Member[]) => void;
}) {
  const [q, setQ] = useState("");
  const [department, setDepartment] = useState<string>();
  const [unit, setUnit] = useState<string>();
  const [state, setState] = useState<(typeof STATES)[number]>("approved");
  const [only, setOnly] = useState<"ordinary" | "rollups">("ordinary");
  const query = {
    year: String(year),
    kind: "self-evaluation" as const,
    state,
    only,
    sort: "project" as const,
    limit: "50",
    ...(q ? { q } : {}),
    ...(department ? { department } : {}),
    ...(unit ? { unit } : {}),
  };
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["submissions", "to-roll-up", query],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (await call("listSubmissions", { query: { ...query, ...(pageParam ? { after: pageParam } : {}) } }))
          .body,
      getNextPageParam: ({ next }) => next,
    });
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const shown = new Set(items.map(({ id }) => id));
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        <Input.Search
          allowClear
          aria-label={t("查找项目")}
          placeholder={t("项目名称或拼音首字母")}
          style={{ width: 220 }}
          onSearch={(words) => setQ(words.trim())}
        />
        <BodyField
          label={t("部门")}
          kind="department"
          allowClear
          width={200}
          value={department}
          onChange={(picked) => {
            setDepartment(picked);
            setUnit(undefined);
          }}
        />
        <BodyField
          label={t("单位")}
          kind="unit"
          allowClear
          width={200}
          parent={department}
          value={unit}
          onChange={setUnit}
        />
        <Select
          aria-label={t("状态")}
          style={{ width: 120 }}
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: t(STATE_TITLES[value]) }))}
        />
        <Select
          aria-label={t("哪些表")}
          style={{ width: 140 }}
          value={only}
          onChange={setOnly}
          options={[
            { value: "ordinary" as const, label: t("二级项目的表") },
            { value: "rollups" as const, label: t("已有的汇总表") },
          ]}
        />
      </Flex>
      {error && <Failed error={error} again={refetch} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="rollup-offered" tabIndex={0} aria-label={t("可以汇总的表")}>
        <Table<Item>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={items}
          pagination={false}
          locale={{
            emptyText: (
              <Empty description={t("没有找到。只有审核通过的自评表可以汇总；也可以换一个状态看看。")} />
            ),
          }}
          rowSelection={{
            selectedRowKeys: members.map(({ id }) => id).filter((id) => shown.has(id)),
            onChange: (keys) => {
              const picked = new Set(keys.map(String));
              // What is picked but not in this list stays picked.
              const kept = members.filter(({ id }) => !shown.has(id) || picked.has(id));
              const had = new Set(members.map(({ id }) => id));
              onChange([
                ...kept,
                ...items
                  .filter(({ id }) => picked.has(id) && !had.has(id))
                  .map(({ id, projectName: project }) => ({ id, project })),
              ]);
            },
            getCheckboxProps: ({ projectName }) => ({
              "aria-label": t("汇总“{{project}}”", { project: projectName }),
            }),
            getTitleCheckboxProps: () => ({ "aria-label": t("选中列出的全部") }),
          }}
          columns={[
            {
              title: t("项目"),
              dataIndex: "projectName",
              render: (name: string, { id, isRollup }) => (
                <>
                  <Link to={`/forms/${id}`}>{name}</Link> {isRollup && <Tag>{t("汇总表")}</Tag>}
                </>
              ),
            },
            {
              title: t("全年预算（万元）"),
              dataIndex: "adjustedBudget",
              width: 140,
              align: "right",
              render: inWan,
            },
            { title: t("总分"), dataIndex: "totalScore", width: 80, align: "right" },
            { title: t("指标行"), dataIndex: "rows", width: 80, align: "right" },
          ]}
        />
      </section>
      <Flex gap="small" align="center">
        {hasNextPage && (
          <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("再列50张")}
          </Button>
        )}
        <Typography.Text type="secondary">
          {t("列出{{shown}}张，已选{{picked}}张。", { shown: items.length, picked: members.length })}
        </Typography.Text>
      </Flex>
    </Flex>
  );
}
