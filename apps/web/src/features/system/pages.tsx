import { SaveOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** Backups and other systems. */
export const PAGES: readonly Page[] = [
  {
    path: "/system",
    show: later(
      () => import("./index.ts"),
      ({ SystemPage }) => SystemPage,
    ),
    menu: { group: "administration", order: 4, label: t("备份和对接"), icon: <SaveOutlined /> },
    needs: ["backup", "manage-webhooks"],
  },
];
