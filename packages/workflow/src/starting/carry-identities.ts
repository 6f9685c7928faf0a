import {
  compactLabel,
  type Form,
  halfWidth,
  type Indicator,
  level1Of,
  type Note,
  place,
} from "@jiheng/domain";

/** An indicator a project has already had, in whatever year. */
export interface KnownIndicator {
  readonly id: string;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly name: string | null;
}

/** The form with its rows under the identities of the project, what was not certain, and which rows are new. */
export interface Carried {
  readonly form: Form;
  readonly notes: readonly Note[];
  /** Ids of rows that no known indicator is: they are to be recorded. */
  readonly fresh: readonly string[];
}

/**
 * Gives the rows of a form read from a file the identities of the project's indicators, by level and name, exact but for notation.
 * Of several that fit, the one that `replaced`, the form whose place this one takes, has a row of is meant: evidence hangs on it.
 * A row that still fits several, or only resembles one, becomes a new indicator with a note. `newId` hands out identities.
 */
export function carryIdentities(
  known: readonly KnownIndicator[],
  form: Form,
  newId: () => string,
  replaced: Form | null = null,
): Carried {
  const present = new Set(replaced?.indicators.map(({ id }) => id));
  const byKey = Map.groupBy(known, keyOf);
  const rowsByKey = Map.groupBy(form.indicators, keyOf);
  const notes: Note[] = [];
  const fresh: string[] = [];
  const ids = new Map<string, string>();
  form.indicators.forEach((row, index) => {
    const key = keyOf(row);
    const [all, twins] = [byKey.get(key) ?? [], rowsByKey.get(key) ?? []];
    const own = all.filter(({ id }) => present.has(id));
    const fits = own.length > 0 ? own : all;
    const [only] = fits;
    if (only !== undefined && fits.length === 1 && twins.length === 1) {
      ids.set(row.id, only.id);
      return;
    }
    const id = newId();
    ids.set(row.id, id);
    fresh.push(id);
    const says = doubt(row, fits, twins.length, known);
    if (says !== null) {
      const code = fits.length > 0 ? "identity-ambiguous" : "identity-similar";
      notes.push({ level: "guessed", code, says, place: place.indicator(index), at: null });
    }
  });
  const indicators = form.indicators.map((row) => ({
    ...row,
    id: ids.get(row.id) ?? row.id,
    parent: row.parent === null ? null : (ids.get(row.parent) ?? row.parent),
  }));
  return { form: { ...form, indicators, notes: [...form.notes, ...notes] }, notes, fresh };
}

function doubt(
  row: Indicator,
  fits: readonly KnownIndicator[],
  twins: number,
  known: readonly KnownIndicator[],
): string | null {
  const name = row.name ?? "未命名的指标";
  if (fits.length > 0)
    return `“${name}”与项目原有的${fits.length}个指标、本表的${twins}行同名同级，不能确定是哪一个，已作为新指标登记。如为同一指标，请手工对应。`;
  const similar = known.filter((one) => resembles(one, row));
  if (similar.length === 0) return null;
  const names = similar
    .slice(0, 3)
    .map((one) => `“${[one.level2, one.name].filter((part) => part !== null).join("·")}”`)
    .join("、");
  return `“${name}”与项目原有的指标${names}相近但不相同，已作为新指标登记。如为同一指标，请手工对应。`;
}

/** Levels and name without what is only notation: width, blanks, kinds of brackets, the word 指标 behind a level. */
function keyOf({ level1, level2, name }: Omit<KnownIndicator, "id">): string {
  const level = (text: string | null): string => plain(text).replace(/指标$/, "");
  return [level(level1 === null ? null : (level1Of(level1) ?? level1)), level(level2), plain(name)].join(
    "\n",
  );
}

function plain(text: string | null): string {
  return compactLabel(text ?? "")
    .replace(/[〔【[]/g, "(")
    .replace(/[〕】\]]/g, ")")
    .toLowerCase();
}

/** The same name at another place of the tree, or most pairs of neighbouring characters in common. */
function resembles(a: KnownIndicator, b: Indicator): boolean {
  const [x, y] = [letters(a.name), letters(b.name)];
  if (x === "" || y === "") return false;
  if (x === y) return true;
  const [p, q] = [pairsOf(x), pairsOf(y)];
  const common = [...p].filter((pair) => q.has(pair)).length;
  return p.size > 0 && q.size > 0 && 10 * 2 * common >= 6 * (p.size + q.size);
}

function letters(text: string | null): string {
  return halfWidth(text ?? "").replace(/[^\p{L}\p{N}]/gu, "");
}

function pairsOf(text: string): ReadonlySet<string> {
  const characters = [...text];
  return new Set(characters.slice(1).map((character, index) => `${characters[index]}${character}`));
}
