import { AuditOutlined, CalculatorOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Rules and policies. */
export const PAGES: readonly Page[] = [
  {
    path: "/rules",
    show: later(
      () => import("./index.ts"),
      ({ RulesPage }) => RulesPage,
    ),
    menu: { group: "rules", order: 1, label: t("审核规则"), icon: <AuditOutlined /> },
  },
  {
    path: "/policies",
    show: later(
      () => import("./index.ts"),
      ({ PoliciesPage }) => PoliciesPage,
    ),
    menu: { group: "rules", order: 2, label: t("评分办法"), icon: <CalculatorOutlined /> },
  },
];
