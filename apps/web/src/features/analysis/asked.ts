/** What every figure of the page is about. */
export interface Asked {
  readonly year: string;
  readonly organisation: string;
  readonly standing: "filled" | "handed-in" | "decided";
}

/** The address of the forms behind a figure; `more` says what tells them from the others, as the list does. */
export function behind(asked: Asked, more: Readonly<Record<string, string>>): string {
  return `/analysis/forms?${new URLSearchParams({ ...asked, ...more })}`;
}
