import { InboxOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

const load = () => import("./index.ts");

/** Imports, one of them, and one form of it beside its original. */
export const PAGES: readonly Page[] = [
  {
    path: "/imports",
    show: later(load, ({ ImportsPage }) => ImportsPage),
    menu: { group: "work", order: 4, label: t("导入"), icon: <InboxOutlined /> },
    needs: ["import-forms"],
  },
  {
    path: "/imports/:import",
    show: later(load, ({ ImportPage }) => ImportPage),
    needs: ["import-forms"],
  },
  {
    path: "/imports/:import/:position/:form",
    show: later(load, ({ ReadingPage }) => ReadingPage),
    needs: ["import-forms"],
  },
];
