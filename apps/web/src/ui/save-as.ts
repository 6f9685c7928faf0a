/** The parts of a name as one that every file system takes. */
export function fileName(parts: readonly string[]): string {
  return parts
    .join("-")
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, "_")
    .slice(0, 120);
}

/** Lets the browser save bytes under a name. */
export function saveAs(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
