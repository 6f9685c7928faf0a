import { ScheduleOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Calls for work. */
export const PAGES: readonly Page[] = [
  {
    path: "/calls",
    show: later(
      () => import("./index.ts"),
      ({ CallsPage }) => CallsPage,
    ),
    menu: { group: "work", order: 7, label: t("工作布置"), icon: <ScheduleOutlined /> },
    needs: ["manage-calls"],
  },
];
