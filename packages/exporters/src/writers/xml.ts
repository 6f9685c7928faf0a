/** What XML 1.0 forbids even as a reference: control characters, halves of surrogate pairs, non-characters. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SUSPECT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;
const MARKUP = /[&<>"]/;

/**
 * Text made safe for XML content and attributes. A character that no XML can hold is printed as U+FFFD, so that
 * the loss shows.
 */
export function xml(text: string): string {
  const allowed = SUSPECT.test(text) ? text.replace(FORBIDDEN, "\ufffd") : text;
  return MARKUP.test(allowed)
    ? allowed
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
    : allowed;
}

/** The first line of every XML part of a file. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
