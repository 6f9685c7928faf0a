import { later, type Page } from "../../ui/page.ts";

const load = () => import("./index.ts");

/** The public's pages. */
export const PAGES: readonly Page[] = [
  { path: "/public", show: later(load, ({ RegionsPage }) => RegionsPage), isOpen: true },
  { path: "/public/:region", show: later(load, ({ PortalPage }) => PortalPage), isOpen: true },
  {
    path: "/public/:region/forms/:id",
    show: later(load, ({ PortalFormPage }) => PortalFormPage),
    isOpen: true,
  },
];
