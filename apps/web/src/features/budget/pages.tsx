import { AccountBookOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Budget and payments. */
export const PAGES: readonly Page[] = [
  {
    path: "/budget",
    show: later(
      () => import("./index.ts"),
      ({ BudgetPage }) => BudgetPage,
    ),
    menu: { group: "work", order: 5, label: t("预算数据"), icon: <AccountBookOutlined /> },
    needs: ["import-budget", "view-statistics"],
  },
];
