import { TeamOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Accounts. */
export const PAGES: readonly Page[] = [
  {
    path: "/accounts",
    show: later(
      () => import("./index.ts"),
      ({ AccountsPage }) => AccountsPage,
    ),
    menu: { group: "administration", order: 2, label: t("账号和角色"), icon: <TeamOutlined /> },
    needs: ["view-accounts"],
  },
];
