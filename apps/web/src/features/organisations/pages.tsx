import { ApartmentOutlined } from "@ant-design/icons";
import { t } from "../../i18n/words.ts";
import { later, type Page } from "../../ui/page.ts";

/** The tree of bodies. */
export const PAGES: readonly Page[] = [
  {
    path: "/organisations",
    show: later(
      () => import("./index.ts"),
      ({ OrganisationsPage }) => OrganisationsPage,
    ),
    menu: { group: "administration", order: 1, label: t("机构设置"), icon: <ApartmentOutlined /> },
    needs: ["manage-organisations"],
  },
];
