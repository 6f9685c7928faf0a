/** The page that asks again who is here; loaded when a session has ended, not with the first page. */
export async function loadLoginAgain() {
  return (await import("./LoginAgain.tsx")).LoginAgain;
}
