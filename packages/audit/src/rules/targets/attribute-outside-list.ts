import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { label: string; value: string; options: string };

const TICKED = /[☑■√✓✔☒×●Rþ]/;
const UNDECIDED = /^(?:待定|未定|待填|不详|其他)$/;
/** What project attributes are called in the forms seen: new or continuing, yearly or once. */
const KNOWN = /新增|新建|延续|持续|续建|经常|常年|一次性|阶段|长期|短期|固定|年度|跨年/;

const LABEL = /项目(?:属性|类别|类型|性质|分类)/;
const BRACKETS = /[（(]([^（()）]{3,60})[)）]/;
const PARTS = /[、/／,，;；|]|或/;

/** An attribute of the project that is not in the list the form itself prints. */
export const attributeOutsideList: Rule = formRule<Figures>({
  id: "attribute-outside-list",
  code: "AR-55",
  title: "项目属性不在表列选项之内",
  explains:
    "项目属性、类别、类型一栏在标题的括号里印有选项，而所填的不是其中之一。印有方框而一个也没有勾选、填“待定”的也指出；属性栏没有印选项而填了不通行的词，要求说明。",
  kind: "auto",
  basis: [cite("form", "项目属性")],
  force: "must",
  needs: [],
  check: ({ form }) => {
    const found: Found<Figures>[] = [];
    let lists = 0;
    for (const [index, { label, text }] of form.fields.entries()) {
      if (!LABEL.test(label) || text === null || text.trim() === "") continue;
      const at = [`fields[${index}]`];
      const plain = text.replace(/\s+/g, "");
      if (/[□☐]/.test(plain) && !TICKED.test(plain)) {
        lists += 1;
        found.push({ at, figures: { label, value: plain, options: "" } });
        continue;
      }
      if (
        UNDECIDED.test(plain) ||
        (/属性/.test(label) && !/[□☐]/.test(plain) && !BRACKETS.test(label) && !KNOWN.test(plain))
      ) {
        lists += 1;
        found.push({ at, figures: { label, value: plain, options: "" }, force: "should" });
        continue;
      }
      const options = (BRACKETS.exec(label)?.[1] ?? "")
        .split(PARTS)
        .map((option) => option.replace(/[\s□☐☑√\d.]/g, ""))
        .filter((option) => option !== "");
      const value = text.replace(/\s+/g, "");
      if (options.length < 2 || value === "" || /[□☐☑■√✓]/.test(value)) continue;
      lists += 1;
      const short = (word: string): string => word.replace(/(?:类|型|性)?(?:项目)?$/, "");
      if (options.some((option) => short(value) === short(option) || value.includes(option))) continue;
      found.push({
        at: [`fields[${index}]`],
        figures: { label: label.replace(BRACKETS, "").trim(), value, options: options.join("、") },
      });
    }
    return lists === 0 ? notApplicable("表上没有印选项的项目属性栏") : outcomeOf(found);
  },
  message: ({ label, value, options }) =>
    options === ""
      ? `${label}填的是“${value}”，没有选定表列的选项，或不是通行的选项。`
      : `${label}填的是“${value}”，不在表列的选项（${options}）之内。`,
  remedy: ({ label, options }) => `从${options || "表列的选项"}中选填${label}。`,
  examples: {
    fails: [
      {
        says: "填了选项以外的词",
        given: exampleForm({ fields: [{ label: "项目属性（新增性项目、持续性项目）", text: "补助性项目" }] }),
      },
    ],
    passes: [
      { says: "没有这一栏", given: exampleForm() },
      {
        says: "填的是选项之一",
        given: exampleForm({
          fields: [{ label: "项目类型（常年性项目/延续性项目/一次性项目）", text: "延续性" }],
        }),
      },
    ],
  },
});
