import { BarChartOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** What a year's self-evaluations show, and the forms behind each figure. */
export const PAGES: readonly Page[] = [
  {
    path: "/analysis",
    show: later(
      () => import("./index.ts"),
      ({ AnalysisPage }) => AnalysisPage,
    ),
    menu: { group: "results", order: 4, label: t("分析"), icon: <BarChartOutlined /> },
    needs: ["view-statistics"],
  },
  {
    path: "/analysis/forms",
    show: later(
      () => import("./forms-behind.ts"),
      ({ FormsBehindPage }) => FormsBehindPage,
    ),
    needs: ["view-statistics"],
  },
];
