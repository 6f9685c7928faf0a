import type { Page } from "../ui/page.ts";

const FEATURES = import.meta.glob<readonly Page[]>("../features/*/pages.tsx", {
  eager: true,
  import: "PAGES",
});

/** Every page of every feature: each says its own in `pages.tsx`, which is light; the page itself is loaded when it is gone to. */
export const PAGES: readonly Page[] = Object.values(FEATURES).flat();
