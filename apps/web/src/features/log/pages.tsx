import { SafetyCertificateOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** The log. */
export const PAGES: readonly Page[] = [
  {
    path: "/log",
    show: later(
      () => import("./index.ts"),
      ({ LogPage }) => LogPage,
    ),
    menu: { group: "administration", order: 3, label: t("操作日志"), icon: <SafetyCertificateOutlined /> },
    needs: ["view-log"],
  },
];
