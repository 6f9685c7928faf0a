/** The grades of the regulation, the best first (财预〔2020〕10号). */
export const GRADES: readonly string[] = ["优", "良", "中", "差"];

/** Where a grade stands among them; a grade of another method comes after them all. */
export function gradeRank(grade: string | null): number {
  const rank = GRADES.indexOf(grade ?? "");
  return rank === -1 ? GRADES.length : rank;
}

/** The longer words for the grades of the regulation (财预〔2020〕10号: 优、良、中、差). */
const SHORT: Readonly<Record<string, string>> = { 优秀: "优", 良好: "良", 中等: "中", 较差: "差" };

/** A printed grade in the short word of the bands, without blanks: 优秀 is 优. Other words stay as they are. */
export function gradeWord(grade: string): string {
  const bare = grade.replace(/\s+/g, "");
  return SHORT[bare] ?? bare;
}
