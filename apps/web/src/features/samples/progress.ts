/** How far the reviews of a sample are: drawn forms by the state of their review sheet. */
export interface Progress {
  readonly unassigned: number;
  readonly waiting: number;
  readonly working: number;
  readonly handedIn: number;
  readonly done: number;
}

const DONE = ["approved", "published", "archived"];
const HANDED_IN = ["submitted", "under-review"];

const TO_WRITE = ["issued", "draft", "returned", "withdrawn"];

/** Whether a review sheet in this state is still to be written: until then a third party may be added to it. */
export function isToWrite(state: string | null): boolean {
  return state !== null && TO_WRITE.includes(state);
}

/** Counts the drawn forms by how far their review is; each is counted once. */
export function progressOf(
  items: readonly { readonly review: string | null; readonly reviewState: string | null }[],
): Progress {
  const progress = { unassigned: 0, waiting: 0, working: 0, handedIn: 0, done: 0 };
  for (const { review, reviewState } of items) {
    if (review === null || reviewState === null) progress.unassigned++;
    else if (reviewState === "issued") progress.waiting++;
    else if (DONE.includes(reviewState)) progress.done++;
    else if (HANDED_IN.includes(reviewState)) progress.handedIn++;
    else progress.working++;
  }
  return progress;
}
