/** What a picture of a chart says beside the chart itself. */
export interface PictureWords {
  readonly title: string;
  /** What the chart is about: year, body, which forms count. */
  readonly subject: readonly string[];
  readonly says: string;
}

const HEAD = 64;
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

function inXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A drawn chart as a picture of its own: on a ground, under its title and what is to be seen. */
export function pictureOf(
  chart: string,
  { title, subject, says }: PictureWords,
  {
    width,
    height,
    ink,
    ground,
  }: {
    readonly width: number;
    readonly height: number;
    readonly ink: string;
    readonly ground: string;
  },
): string {
  const inner = chart.slice(chart.indexOf("<svg"));
  const length = Math.floor((width - 32) / 12);
  const lines = [
    ...(subject.length > 0 ? wrapped(subject.join(" · "), length) : []),
    ...wrapped(says, length),
  ];
  const top = HEAD + (lines.length - 1) * 18;
  const words = lines
    .map((line, index) => `<text x="16" y="${50 + index * 18}" font-size="12">${inXml(line)}</text>`)
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + top}" viewBox="0 0 ${width} ${height + top}"><rect width="100%" height="100%" fill="${inXml(ground)}"/><g fill="${inXml(ink)}" font-family='${FONT}'><text x="16" y="28" font-size="16" font-weight="bold">${inXml(title)}</text>${words}</g><g transform="translate(0 ${top})">${inner}</g></svg>`;
}

/** Lines of at most so many Chinese characters; two narrow ones count as one. */
function wrapped(text: string, length: number): string[] {
  const lines = [""];
  let used = 0;
  for (const sign of text) {
    const wide = sign.charCodeAt(0) > 0x2e7f ? 1 : 0.55;
    if (used + wide > length) {
      lines.push("");
      used = 0;
    }
    lines[lines.length - 1] += sign;
    used += wide;
  }
  return lines;
}

/** The picture as PNG, twice as fine as the screen. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}
