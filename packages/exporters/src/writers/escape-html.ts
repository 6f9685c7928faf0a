import { xml } from "./xml.ts";

/** Text made safe for HTML content and attributes; what no page can hold is printed as U+FFFD. */
export function escapeHtml(text: string): string {
  return xml(text);
}
