import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Empty, Flex, Input, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { call } from "../../api/client.ts";
import type { Answered, Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Pick } from "../../ui/Pick.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { PlaceholderDialog, ProjectDialog } from "./ProjectDialogs.tsx";

type Item = Answered<"listProjects">["items"][number];
type Query = NonNullable<Sent<"listProjects">["query"]>;

const THIS_YEAR = new Date().getFullYear();
const YEARS = Array.from({ length: 6 }, (_, index) => String(THIS_YEAR + 1 - index));

/** All projects within reach: found by name, pinyin or code, narrowed by body and year. */
export function ProjectsPage() {
  const { profile } = useSession();
  const go = useNavigate();
  const [asks, setAsks] = useState<"project" | "placeholder" | null>(null);
  const { filter, setFilter } = useFilters<"q" | "department" | "unit" | "year" | "only">();
  const query: Query = {
    ...(filter("q") ? { q: filter("q") } : {}),
    ...(filter("department") ? { department: filter("department") } : {}),
    ...(filter("unit") ? { unit: filter("unit") } : {}),
    ...(filter("year") ? { year: filter("year") } : {}),
    ...(filter("only") ? { only: filter("only") as NonNullable<Query["only"]> } : {}),
  };
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["projects", "list", query],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listProjects", {
            query: { ...query, limit: "50", ...(pageParam ? { after: pageParam } : {}) },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
    });
  const may = (action: string) => profile?.actions.includes(action) === true;
  const isFiltered = Object.keys(query).length > 0;
  return (
    <Flex vertical gap="middle">
      <PageHead title={t("项目库")} says={t("每个项目各年的目标、监控、自评和资金都从这里找到。")}>
        {may("record-placeholder") && (
          <Button onClick={() => setAsks("placeholder")}>{t("登记涉密占位")}</Button>
        )}
        {may("manage-projects") && (
          <Button type="primary" onClick={() => setAsks("project")}>
            {t("项目入库")}
          </Button>
        )}
      </PageHead>
      <Flex gap="small" wrap>
        <Input.Search
          aria-label={t("按名称、拼音首字母或编码查找")}
          placeholder={t("名称、拼音首字母或编码")}
          style={{ width: 260 }}
          defaultValue={filter("q") ?? ""}
          onSearch={(typed) => setFilter("q")(typed.trim() || undefined)}
        />
        <BodyField
          label={t("主管部门")}
          kind="department"
          allowClear
          width={200}
          value={filter("department")}
          onChange={setFilter("department")}
        />
        <BodyField
          label={t("单位")}
          kind="unit"
          parent={filter("department")}
          allowClear
          width={220}
          value={filter("unit")}
          onChange={setFilter("unit")}
        />
        <Pick
          label={t("有表的年度")}
          value={filter("year")}
          onChange={setFilter("year")}
          options={YEARS.map((year) => ({ value: year, label: t("{{year}}年", { year }) }))}
        />
        <Pick
          label={t("项目类别")}
          value={filter("only")}
          onChange={setFilter("only")}
          options={[
            { value: "ordinary", label: t("一般项目") },
            { value: "placeholders", label: t("涉密占位") },
          ]}
        />
      </Flex>
      {error ? (
        <Failed error={error} again={refetch} />
      ) : (
        <Table<Item>
          size="small"
          rowKey="id"
          loading={isPending}
          dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
          pagination={false}
          scroll={{ x: 820 }}
          locale={{
            emptyText: (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={
                  isFiltered
                    ? t("没有符合的项目。换几个字，或去掉一些筛选。")
                    : t("项目库里还没有项目。先登记项目，再申报目标、填报自评。")
                }
              />
            ),
          }}
          columns={[
            {
              title: t("项目"),
              dataIndex: "name",
              render: (name: string, { id, placeholderReason }) => (
                <>
                  <Link to={`/projects/${id}`}>{name}</Link>{" "}
                  {placeholderReason !== null && <Tag>{t("涉密占位")}</Tag>}
                </>
              ),
            },
            {
              title: t("编码"),
              dataIndex: "code",
              width: 150,
              render: (code: string | null) => code ?? <Typography.Text type="secondary">—</Typography.Text>,
            },
            { title: t("单位"), dataIndex: "unitName", width: 240 },
            { title: t("主管部门"), dataIndex: "departmentName", width: 200 },
          ]}
        />
      )}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("再列50个")}
        </Button>
      )}
      {asks === "project" && (
        <ProjectDialog onClose={() => setAsks(null)} onDone={(id) => go(`/projects/${id}`)} />
      )}
      {asks === "placeholder" && (
        <PlaceholderDialog onClose={() => setAsks(null)} onDone={(id) => go(`/projects/${id}`)} />
      )}
    </Flex>
  );
}
