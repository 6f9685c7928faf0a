/** What folding looks at. */
interface Foldable {
  readonly actor: string | null;
  readonly actor_name: string;
  readonly type: string;
  readonly at: Date;
}

/** One line of a list: an event, and those of the same doing behind it. */
export interface Folded<Event extends Foldable> {
  readonly event: Event;
  readonly count: number;
  readonly first: Date;
  readonly last: Date;
}

/** Longest pause between events of one doing: what is done for many things goes from one to the next without anybody's hand. */
const PAUSE = 2_000;

/**
 * Takes events in their order, one after the other, and puts those of one person and one type that follow within a moment into one
 * line, also where others' events stand between them. `take` says false, and takes nothing, when a further line would be one too many.
 */
export function foldEvents<Event extends Foldable>(most: number) {
  const lines: { event: Event; count: number; first: Date; last: Date; latest: Date }[] = [];
  const open = new Map<string, (typeof lines)[number]>();
  return {
    take(event: Event): boolean {
      const key = `${event.actor ?? ""} ${event.actor_name} ${event.type}`;
      const line = open.get(key);
      if (line && Math.abs(line.latest.getTime() - event.at.getTime()) <= PAUSE) {
        line.count += 1;
        line.latest = event.at;
        if (event.at < line.first) line.first = event.at;
        if (event.at > line.last) line.last = event.at;
        return true;
      }
      if (lines.length === most) return false;
      const made = { event, count: 1, first: event.at, last: event.at, latest: event.at };
      lines.push(made);
      open.set(key, made);
      return true;
    },
    lines: (): readonly Folded<Event>[] => lines,
  };
}
