import { expect, test } from "vitest";
import { skeletonOf } from "../readme-twins.mjs";

const page = (title: string, comment: string): string =>
  `# ${title}\n\n[other](README.zh-CN.md) ![${title}](docs/a.svg) [${title}](docs/b.md)\n\n\`\`\`sh\nnpm start   # ${comment}\n# ${comment}\n\`\`\`\n`;

test("translations have the same skeleton", () => {
  expect(skeletonOf(page("a", "run"))).toEqual(skeletonOf(page("甲", "运行")));
  expect(skeletonOf(page("a", "run"))).toEqual({
    headings: ["#"],
    commands: ["npm start"],
    pictures: ["docs/a.svg"],
    links: ["docs/b.md"],
  });
});

test("a command in one only is seen", () => {
  const longer = page("a", "run").replace("npm start", "npm start\nnpm test");
  expect(skeletonOf(longer)).not.toEqual(skeletonOf(page("a", "run")));
});
