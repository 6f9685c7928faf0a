/**
 * `make` with a memory of at most `limit` short texts: names, units and figures come again in row after row and form after
 * form. The result depends on the text alone, so remembering changes nothing but the time; a full memory starts anew.
 */
export function remembered<T>(
  make: (text: string) => T,
  { limit = 4000, longest = 60 }: { readonly limit?: number; readonly longest?: number } = {},
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return make(text);
    const old = known.get(text);
    if (old !== undefined) return old;
    const made = make(text);
    if (known.size >= limit) known.clear();
    known.set(text, made);
    return made;
  };
}
