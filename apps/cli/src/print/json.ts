/** One JSON document and nothing else, as `--json` promises; ends with a line break. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
