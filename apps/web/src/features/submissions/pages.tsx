import { FormOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** All forms within reach. */
export const PAGES: readonly Page[] = [
  {
    path: "/forms",
    show: later(
      () => import("./index.ts"),
      ({ SubmissionsPage }) => SubmissionsPage,
    ),
    menu: { group: "work", order: 2, label: t("表格"), icon: <FormOutlined /> },
    needs: ["view"],
  },
];
