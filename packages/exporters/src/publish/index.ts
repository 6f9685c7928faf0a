/**
 * The public site: forms to pages, search index, downloads and data package. Pure; an entry of its own because its charts and
 * its pinyin take time to load.
 */
export type { PublishedForm, SiteEntry, SiteFile, SiteSource, Withheld } from "./entry.ts";
export { placeForms, settledName } from "./entry.ts";
export { publicForm } from "./form-page.ts";
export { publishSite } from "./publish-site.ts";
