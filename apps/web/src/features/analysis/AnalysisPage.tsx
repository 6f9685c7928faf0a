import { useQuery } from "@tanstack/react-query";
import { Empty, Flex, Select, Tabs, Typography } from "antd";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { ChartsSubject } from "../../ui/charts-subject.ts";
import { organisationQuery } from "../../ui/organisation-query.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import type { Asked } from "./asked.ts";
import { BodiesSection } from "./BodiesSection.tsx";
import { InflationSection } from "./InflationSection.tsx";
import { MoneySection } from "./MoneySection.tsx";
import { OverfulfilmentSection } from "./OverfulfilmentSection.tsx";
import { PointsSection } from "./PointsSection.tsx";
import { PolicySection } from "./PolicySection.tsx";
import { ScoresSection } from "./ScoresSection.tsx";
import { YearsSection } from "./YearsSection.tsx";

const SECTIONS = [
  { key: "scores", label: t("得分"), Show: ScoresSection },
  { key: "money", label: t("资金"), Show: MoneySection },
  { key: "points", label: t("失分"), Show: PointsSection },
  { key: "over", label: t("超额完成"), Show: OverfulfilmentSection },
  { key: "bodies", label: t("部门比较"), Show: BodiesSection },
  { key: "years", label: t("历年"), Show: YearsSection },
  { key: "inflation", label: t("虚高迹象"), Show: InflationSection },
  { key: "policy", label: t("换办法试算"), Show: PolicySection },
] as const;

const STANDINGS: readonly { readonly value: Asked["standing"]; readonly label: string }[] = [
  { value: "filled", label: t("已开始填写的") },
  { value: "handed-in", label: t("已送审及以后的") },
  { value: "decided", label: t("已审核及以后的") },
];

/** What a year's self-evaluations show: one subject a tab, all under one filter, which stands in the address. */
export function AnalysisPage() {
  const { profile } = useSession();
  const { filter, setFilter } = useFilters<"year" | "organisation" | "standing" | "show">();
  const grants = profile?.grants ?? [];
  const home = grants.find(({ role }) => role !== "third-party") ?? grants[0];
  const last = new Date().getFullYear() - 1;
  const years = Array.from({ length: 6 }, (_, index) => String(last + 1 - index));
  const picked = filter("organisation") ?? home?.organisation ?? "";
  const { data: body } = useQuery({
    ...organisationQuery(picked),
    enabled: picked !== "" && picked !== home?.organisation,
  });
  if (!home) return <Empty description={t("您还没有业务角色，没有可以分析的表。")} />;
  const asked: Asked = {
    year: filter("year") ?? String(last),
    organisation: picked,
    standing: STANDINGS.find(({ value }) => value === filter("standing"))?.value ?? "filled",
  };
  const subject = [
    t("{{year}}年", { year: asked.year }),
    picked === home.organisation ? home.organisationName : (body?.name ?? ""),
    STANDINGS.find(({ value }) => value === asked.standing)?.label ?? "",
  ].filter((part) => part !== "");
  const isWide =
    home.role === "finance-officer" ||
    home.role === "department-reviewer" ||
    home.role === "auditor" ||
    home.role === "publication-officer";
  const current = SECTIONS.find(({ key }) => key === filter("show")) ?? SECTIONS[0];
  return (
    <Flex vertical gap="small">
      <PageHead
        title={t("分析")}
        says={t("只统计绩效自评表；汇总表不重复计入。点图上的一块或表里的名称，看它背后的表。")}
      />
      <Flex gap="small" wrap align="center" className="no-print">
        <Select
          aria-label={t("年度")}
          style={{ width: 100 }}
          value={asked.year}
          onChange={setFilter("year")}
          options={years.map((year) => ({ value: year, label: t("{{year}}年", { year }) }))}
        />
        {isWide && (
          <BodyField
            label={t("部门或单位")}
            allowClear={asked.organisation !== home.organisation}
            value={asked.organisation}
            onChange={setFilter("organisation")}
            known={[{ id: home.organisation, name: home.organisationName }]}
          />
        )}
        <Select<Asked["standing"]>
          aria-label={t("计入哪些表")}
          style={{ width: 160 }}
          value={asked.standing}
          onChange={setFilter("standing")}
          options={[...STANDINGS]}
        />
        {!isWide && <Typography.Text type="secondary">{home.organisationName}</Typography.Text>}
      </Flex>
      <ChartsSubject value={subject}>
        <Tabs
          size="small"
          activeKey={current.key}
          onChange={setFilter("show")}
          destroyOnHidden
          items={SECTIONS.map(({ key, label, Show }) => ({ key, label, children: <Show asked={asked} /> }))}
        />
      </ChartsSubject>
    </Flex>
  );
}
