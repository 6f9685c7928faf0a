import type { BatchDossier, BatchPlace } from "../../rule.ts";
import { storiesOf } from "../../text/index.ts";
import { indexOf, ownWording } from "./batch-index.ts";
import { bareBody, isOneKindOfWork, rollupsIn } from "./kinship.ts";

/** A passage that stands in several forms of one year. */
export interface Passage {
  readonly words: string;
  readonly places: readonly BatchPlace[];
  /** Whether all forms are of one unit. */
  readonly oneBody: boolean;
  /** Whether all forms are of one department. */
  readonly oneDepartment: boolean;
  /** Share of the shorter text it makes up, in percent. */
  readonly percent: number;
}

/** Ours: shorter runs are set phrases. White space and punctuation are not counted. */
const SHORTEST_PASSAGE = 24;
/** Every run of `SHORTEST_PASSAGE` holds a whole block of this length at a multiple of it. */
const BLOCK = 12;
/** Standing phrases of policy that any form may open with. */
const SET_PHRASES =
  /(?:为)?(?:深入|全面|认真)?(?:学习)?贯彻(?:落实)?(?:党中央|习近平|党的|国务院|中央|省委|市委|区委|县委)[\p{L}、，,“”"]{0,80}?(?:决策部署|精神|要求|部署|思想)|根据[\p{L}、，,]{0,30}?(?:文件|规定|精神|要求)|以习近平新时代中国特色社会主义思想为指导|(?:(?:已|被)?(?:列入|纳入)|根据|按照|依据|对照|围绕)?[^\s，,。；;]{0,16}[“"‘]?十[一二三四五六七八九]五[”"’]?(?:[\p{Script=Han}]{0,16}规划(?:纲要)?|期间|时期)?(?:[（(][0-9—\-–~至年]{8,14}[)）])?/gu;

interface Text {
  readonly form: number;
  readonly at: string;
  readonly side: string;
  readonly words: string;
  readonly body: string;
  readonly department: string;
}

interface Match {
  readonly owner: number;
  readonly start: number;
  readonly end: number;
  readonly text: number;
}

const CACHE = new WeakMap<BatchDossier, readonly Passage[]>();

/**
 * All passages shared between forms of one year, found through an index of blocks: linear in the length of all texts.
 * Names of laws and documents, set phrases and names of the bodies do not count; roll-ups are left out.
 */
export function sharedPassages(batch: BatchDossier): readonly Passage[] {
  const known = CACHE.get(batch);
  if (known) return known;
  const { bodies, departments } = indexOf(batch);
  const rollups = rollupsIn(batch);
  const texts: Text[] = [];
  const blocks = new Map<string, { readonly text: number; readonly at: number }>();
  const matches: Match[] = [];
  batch.forms.forEach(({ form }, formIndex) => {
    // A roll-up has the texts of its sources by nature.
    if (rollups.has(formIndex)) return;
    const names = [form.unit, form.department].map(bareBody).filter((name) => name.length >= 4);
    const first = texts.length;
    for (const story of storiesOf(form)) {
      let words = ownWording(story.text.replace(SET_PHRASES, "|"));
      for (const name of names) words = words.replaceAll(name, "|");
      texts.push({
        form: formIndex,
        at: story.at,
        side: story.side,
        words,
        body: bodies[formIndex] ?? "",
        department: departments[formIndex] ?? "",
      });
    }
    for (let own = first; own < texts.length; own++) probe(own);
    for (let own = first; own < texts.length; own++) {
      const words = texts[own]?.words ?? "";
      for (let at = 0; at + BLOCK <= words.length; at += BLOCK) {
        const key = `${form.year ?? ""}|${words.slice(at, at + BLOCK)}`;
        if (!blocks.has(key) && !words.slice(at, at + BLOCK).includes("|"))
          blocks.set(key, { text: own, at });
      }
    }
    function probe(own: number): void {
      const words = texts[own]?.words ?? "";
      for (let at = 0; at + BLOCK <= words.length; at++) {
        const hit = blocks.get(`${form.year ?? ""}|${words.slice(at, at + BLOCK)}`);
        const other = hit ? texts[hit.text] : undefined;
        if (!hit || !other) continue;
        let left = 0;
        while (same(words, at - left - 1, other.words, hit.at - left - 1)) left += 1;
        let right = BLOCK;
        while (same(words, at + right, other.words, hit.at + right)) right += 1;
        if (left + right >= SHORTEST_PASSAGE)
          matches.push({ owner: hit.text, start: hit.at - left, end: hit.at + right, text: own });
        at += right - 1;
      }
    }
  });
  const passages = grouped(matches, texts);
  CACHE.set(batch, passages);
  return passages;
}

function same(a: string, i: number, b: string, j: number): boolean {
  return (
    i >= 0 &&
    j >= 0 &&
    i < a.length &&
    j < b.length &&
    a.charCodeAt(i) === b.charCodeAt(j) &&
    a.charAt(i) !== "|"
  );
}

/** Matches on one stretch of the text where it stands first become one passage with all its places. */
function grouped(matches: readonly Match[], texts: readonly Text[]): Passage[] {
  const sorted = [...matches].sort((a, b) => a.owner - b.owner || a.start - b.start || b.end - a.end);
  const passages: Passage[] = [];
  let group: Match[] = [];
  let reach = 0;
  const close = (): void => {
    const longest = group.reduce<Match | undefined>(
      (best, one) => (best === undefined || one.end - one.start > best.end - best.start ? one : best),
      undefined,
    );
    const owner = longest ? texts[longest.owner] : undefined;
    if (!longest || !owner) return;
    const members = [owner, ...new Set(group.map(({ text }) => texts[text]))].filter(
      (text) => text !== undefined,
    );
    const lengths = members.map(({ words }) => words.length);
    passages.push({
      words: owner.words.slice(longest.start, longest.end),
      places: members.map(({ form, at }) => ({ form, at })),
      oneBody: members.every(({ body }) => body === owner.body),
      oneDepartment: members.every(({ department }) => department === owner.department),
      percent: Math.round(((longest.end - longest.start) * 100) / Math.max(1, Math.min(...lengths))),
    });
  };
  for (const match of sorted) {
    const last = group.at(-1);
    if (last && (last.owner !== match.owner || reach - match.start < SHORTEST_PASSAGE)) {
      close();
      group = [];
    }
    reach = group.length === 0 ? match.end : Math.max(reach, match.end);
    group.push(match);
  }
  if (group.length > 0) close();
  return passages.sort(
    (a, b) => (a.places[0]?.form ?? 0) - (b.places[0]?.form ?? 0) || b.words.length - a.words.length,
  );
}

/** Ours: below half of the shorter text it may be a duty both units were given. */
const HALF = 50;

/** Ours: where the work is of one kind, so much of a text without a figure is more than how it is worded. */
const NEARLY_ALL = 90;
const LONG_PASSAGE = 60;
/** A figure that is no year: what one unit reached. */
const OWN_FIGURE = /(?<!\d)(?!(?:19|20)\d{2}年)\d{2,}(?=[^\d|])/;

/**
 * Whether the passage is the result of one unit standing in the form of another: then AR-89 tells it, not AR-174. Where both do one kind
 * of work, its standard wording is no copy.
 */
export function isCopiedResult(batch: BatchDossier, { places, oneBody, percent, words }: Passage): boolean {
  const forms = [...new Set(places.filter(({ at }) => /achieved$/.test(at)).map(({ form }) => form))];
  if (oneBody || percent < HALF || forms.length < 2) return false;
  if (percent >= NEARLY_ALL || words.length >= LONG_PASSAGE || OWN_FIGURE.test(words)) return true;
  const [first, ...others] = forms.map((form) => batch.forms[form]?.form);
  return !others.every((other) => first && other && isOneKindOfWork(first, other));
}
