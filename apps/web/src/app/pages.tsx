import { FormOutlined, HomeOutlined } from "@ant-design/icons";
import type { Action } from "@jiheng/workflow";
import { type ComponentType, lazy, type ReactNode } from "react";
import { t } from "../i18n/words.ts";

/** One page: where it stands, and where it is found in the menu. */
export interface Page {
  readonly path: string;
  readonly show: ComponentType;
  /** Absent where the page is reached from another one. */
  readonly menu?: { readonly group: MenuGroup; readonly label: string; readonly icon: ReactNode };
  /** Whoever may do none of these does not find it in the menu; the server decides what is shown. */
  readonly needs?: readonly Action[];
}

/** Groups of the menu, in its order. */
export const MENU_GROUPS = {
  work: t("填报"),
  review: t("审核"),
  results: t("结果"),
  rules: t("制度"),
  administration: t("管理"),
} as const;
/** A group of the menu. */
export type MenuGroup = keyof typeof MENU_GROUPS;

/** A page that is loaded when it is first gone to, with its feature. */
function of<Feature>(load: () => Promise<Feature>, pick: (feature: Feature) => ComponentType): ComponentType {
  return lazy(async () => ({ default: pick(await load()) }));
}

/** The pages of whoever is logged in, in the order of the menu. */
export const PAGES: readonly Page[] = [
  {
    path: "/",
    show: of(
      () => import("../features/workbench/index.ts"),
      ({ WorkbenchPage }) => WorkbenchPage,
    ),
    menu: { group: "work", label: t("工作台"), icon: <HomeOutlined /> },
  },
  {
    path: "/forms",
    show: of(
      () => import("../features/submissions/index.ts"),
      ({ SubmissionsPage }) => SubmissionsPage,
    ),
    menu: { group: "work", label: t("表格"), icon: <FormOutlined /> },
    needs: ["view"],
  },
  {
    path: "/forms/:submission",
    show: of(
      () => import("../features/form-editor/index.ts"),
      ({ FormEditorPage }) => FormEditorPage,
    ),
  },
];

/** The pages that stand open to everybody, by the beginning of their address. */
export const OPEN_PAGES: readonly Page[] = [];
