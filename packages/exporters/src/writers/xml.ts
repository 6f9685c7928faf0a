/** Whether XML 1.0 forbids a code point even as a reference: control characters, lone surrogates, non-characters. */
function forbidden(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint !== 0x09 && codePoint !== 0x0a && codePoint !== 0x0d;
  return (codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint === 0xfffe || codePoint === 0xffff;
}

/** The text without what XML cannot hold; a form that holds such a character loses only it. */
function allowed(text: string): string {
  let clean = true;
  for (const character of text) {
    if (forbidden(character.codePointAt(0) ?? 0)) {
      clean = false;
      break;
    }
  }
  return clean ? text : [...text].filter((character) => !forbidden(character.codePointAt(0) ?? 0)).join("");
}

/** Text made safe for XML content and attributes. */
export function xml(text: string): string {
  return allowed(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** The first line of every XML part of a file. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
