import { FileTextOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Reports and exports. */
export const PAGES: readonly Page[] = [
  {
    path: "/reports",
    show: later(
      () => import("./index.ts"),
      ({ ReportsPage }) => ReportsPage,
    ),
    menu: { group: "results", order: 3, label: t("报告与导出"), icon: <FileTextOutlined /> },
    needs: ["view-statistics"],
  },
];
