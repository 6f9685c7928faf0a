/** The official categories of indicators as the statistics tell them: their order, their titles, and what stands for none of them. */
import { CATEGORY_WORDS } from "@jiheng/audit";

/** In the order of the official form; null is whatever stands under none of them. */
export const CATEGORIES = [...Object.keys(CATEGORY_WORDS), null] as const;

/** What an address says for the indicators under no official category. */
export const OTHER = "other";

/** What a category is called. */
export function categoryTitle(category: string | null): string {
  return category === null
    ? "其他指标"
    : (CATEGORY_WORDS[category as keyof typeof CATEGORY_WORDS] ?? category);
}
