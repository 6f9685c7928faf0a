/**
 * Pages one after the other, the next one asked for while this one is sent: at most two are held, whatever there is in all. Each page is
 * a query of its own, so no transaction stays open as long as somebody downloads.
 */
export async function* pagesOf<Item extends { readonly id: string }>(
  page: (after: string | null, limit: number) => Promise<Item[]>,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  let coming = page(null, size);
  for (;;) {
    const items = await coming;
    const last = items.at(-1);
    // Given up is not ended: what was sent so far must not pass for the whole.
    if (signal.aborted) throw new Error("the export was given up");
    if (last === undefined) return;
    const isLast = items.length < size;
    if (!isLast) {
      coming = page(last.id, size);
      // Whoever stops here in between never waits for it: its failure is then nobody's.
      coming.catch(() => {});
    }
    yield items;
    if (isLast) return;
  }
}
