import { AlertOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Monitoring. */
export const PAGES: readonly Page[] = [
  {
    path: "/monitoring",
    show: later(
      () => import("./index.ts"),
      ({ MonitoringPage }) => MonitoringPage,
    ),
    menu: { group: "review", order: 3, label: t("运行监控"), icon: <AlertOutlined /> },
    needs: ["view-statistics"],
  },
];
