import { FileSearchOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** The desk of reviewers. */
export const PAGES: readonly Page[] = [
  {
    path: "/reviews",
    show: later(
      () => import("./index.ts"),
      ({ ReviewsPage }) => ReviewsPage,
    ),
    menu: { group: "review", order: 1, label: t("审核清单"), icon: <FileSearchOutlined /> },
    needs: ["receive", "approve"],
  },
];
