import { Flex, Select, Tabs } from "antd";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { ImportTab } from "./ImportTab.tsx";
import { LedgerTab } from "./LedgerTab.tsx";
import { ReconciliationTab } from "./ReconciliationTab.tsx";

const LAST_YEAR = new Date().getFullYear() - 1;

/** What the finance system says of the money: held against the forms, listed, imported. */
export function BudgetPage() {
  const { profile } = useSession();
  const bodies = (profile?.grants ?? []).map(({ organisation: id, organisationName: name }) => ({
    id,
    name,
  }));
  const { filter, setFilter } = useFilters<"year" | "body" | "tab">();
  const organisation = filter("body") ?? bodies[0]?.id;
  const year = Number(filter("year") ?? LAST_YEAR);
  const mayImport = profile?.actions.includes("import-budget") === true;
  if (organisation === undefined) return <PageHead title={t("预算数据")} />;
  return (
    <Flex vertical gap="small">
      <PageHead
        title={t("预算数据")}
        says={t("财政系统的批复、调整和支付。只导入，不在这里改；填报时带入，审核时对账。")}
      />
      <Flex gap="small" wrap>
        <Select
          aria-label={t("年度")}
          style={{ width: 110 }}
          value={year}
          onChange={(picked) => setFilter("year")(String(picked))}
          options={Array.from({ length: 6 }, (_, index) => LAST_YEAR + 2 - index).map((value) => ({
            value,
            label: t("{{year}}年", { year: value }),
          }))}
        />
        <BodyField label={t("单位")} known={bodies} value={organisation} onChange={setFilter("body")} />
      </Flex>
      <Tabs
        size="small"
        activeKey={filter("tab") ?? "reconciliation"}
        onChange={setFilter("tab")}
        items={[
          {
            key: "reconciliation",
            label: t("与各表对账"),
            children: <ReconciliationTab year={year} organisation={organisation} />,
          },
          {
            key: "ledger",
            label: t("台账"),
            children: <LedgerTab year={year} organisation={organisation} />,
          },
          ...(mayImport
            ? [{ key: "import", label: t("导入财政表"), children: <ImportTab year={year} /> }]
            : []),
        ]}
      />
    </Flex>
  );
}
