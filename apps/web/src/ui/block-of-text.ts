/** A block of cells as it was copied elsewhere. */
export type Block = readonly (readonly string[])[];

/** Reads what a spreadsheet puts on the clipboard as text: cells by tabs, rows by lines, quoted where a cell holds either. */
export function blockOfText(text: string): Block {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  const end = (): void => {
    rows.at(-1)?.push(cell.trim());
    cell = "";
  };
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? "";
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === "" && closesLater(text, index)) isQuoted = true;
    else if (letter === "\t") end();
    else if (letter === "\n") {
      end();
      rows.push([]);
    } else if (letter !== "\r") cell += letter;
  }
  end();
  if (rows.at(-1)?.every((each) => each === "") && rows.length > 1) rows.pop();
  return rows;
}

/** A quotation mark opens a quoted cell only where another one ends it before a tab or the end of a line. */
function closesLater(text: string, from: number): boolean {
  return /^"(?:[^"]|"")*"(?:\t|\r?\n|$)/.test(text.slice(from));
}
