/** All items of a list that comes in pages, in its order. */
export async function allPages<Item>(
  page: (after: {
    readonly after?: string;
  }) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let next: string | null = null;
  do {
    const got: { readonly items: readonly Item[]; readonly next: string | null } = await page(
      next === null ? {} : { after: next },
    );
    all.push(...got.items);
    next = got.next;
  } while (next !== null);
  return all;
}
