import { openDossier } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import type { Page } from "playwright-core";
import type { PublishedForm } from "../src/publish/index.ts";

/** A form with how its marks come about, as a site wants it. */
export function published(form: Form): PublishedForm {
  const { policy, score, entered } = openDossier(form);
  return { form, policy, score, entered };
}

/** Collects whatever the browser complains of on a page, and what it asks for outside the site, which begins with `root`. */
export function complaintsOn(page: Page, root: string): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) complaints.push(`asks for ${request.url().slice(0, 100)}`);
  });
  return complaints;
}
