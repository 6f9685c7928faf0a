import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";

type Said = { what: string; one: string; other: string; how: string };

interface Style {
  readonly text: string;
  readonly at: string;
}

const WHOLE = /^[^0-9]*([0-9]+)(\.0+)?\s*(?:\(?[^0-9]*\)?)$/;

/** AR-180: decimals, signs or units written two ways in one form. */
export const notationMixed = formRule<Said>({
  id: "notation-mixed",
  code: "AR-180",
  title: "同一张表的小数位、比较号、单位写法不一致",
  explains:
    "指标值和完成值中：整数有的写小数零（600.00）有的不写（600）；比较号有的写“≥”有的写“>=”或“不低于”；单位有的加括号有的不加。每一种不一致一条，各举一例。本来就带小数的数和金额不看。",
  kind: "auto",
  basis: [cite("form", "写法统一")],
  force: "hint",
  needs: ["indicators"],
  check({ facts }) {
    const styles = new Map<string, Style>();
    const note = (style: string, text: string, at: string): void => {
      if (!styles.has(style)) styles.set(style, { text, at });
    };
    let seen = 0;
    for (const { row, index } of facts.rows) {
      for (const field of ["target", "actual"] as const) {
        const text = row[field].text;
        if (text === null || row[field].value === null || /[0-9０-９]\s*(?:年|月|日)|元/.test(text)) continue;
        seen += 1;
        const at = place.indicator(index, field);
        const half = text
          .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
          .trim();
        const whole = WHOLE.exec(half);
        // A sheet shows shares by its own format; they are compared with shares only.
        const share = /[%‰]/.test(half) ? "share " : "";
        if (whole && whole[1] !== "0") note(`${share}${whole[2] ? "decimals" : "no decimals"}`, text, at);
        if (/[≥≤]/.test(half)) note("sign", text, at);
        else if (/[><]=/.test(half)) note("ascii sign", text, at);
        else if (/不低于|不少于|不超过|不高于|以上|以内|至少|大于|小于/.test(half))
          note("worded sign", text, at);
        if (/[0-9]\s*\([^()0-9]{1,4}\)$/.test(half)) note("unit in brackets", text, at);
        else if (/[0-9]\s*[^0-9()\s.]{1,4}$/.test(half)) note("plain unit", text, at);
      }
    }
    if (seen === 0) return notApplicable("没有带数字的指标值");
    const found: Found<Said>[] = [];
    const pair = (what: string, a: string, b: string, how: string): void => {
      const [one, other] = [styles.get(a), styles.get(b)];
      if (one && other)
        found.push({ at: [other.at, one.at], figures: { what, one: one.text, other: other.text, how } });
    };
    pair("整数的小数位", "decimals", "no decimals", "全表整数统一写或不写小数");
    if (found.length === 0)
      pair("整数的小数位", "share decimals", "share no decimals", "全表整数统一写或不写小数");
    pair("比较号", "sign", "ascii sign", "全表统一用≥、≤");
    pair("比较号", "sign", "worded sign", "全表统一用≥、≤");
    pair("单位", "unit in brackets", "plain unit", "全表单位统一加或不加括号");
    return outcomeOf(found);
  },
  message: ({ what, one, other }) => `${what}有两种写法：“${one}”和“${other}”。`,
  remedy: ({ how }) => `${how}。`,
  examples: {
    fails: [
      {
        says: "整数有的带小数零有的不带",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120.00公里", "126.00公里", "15", "15"],
            4: ["社会效益指标", "受益农村人口数", "≥8000人", "8630人", "15", "15"],
          }),
        }),
      },
      {
        says: "≥ 与 >= 并用",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益农村人口数", ">=8000人", "8630人", "15", "15"] }),
        }),
      },
      {
        says: "≥ 与“大于等于”并用",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "大于等于8000人", "8630人", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "写法一致", given: exampleForm() },
      {
        says: "电子表格的百分比带小数零，个数不带",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "15", "15"],
            2: ["质量指标", "水质检测合格率", "≥95.00%", "97.00%", "15", "15"],
            5: ["可持续影响指标", "管护责任落实村占比", "≥90.00%", "94.00%", "15", "15"],
            6: ["服务对象满意度指标", "用水户满意度", "≥90.00%", "93.00%", "10", "10"],
          }),
        }),
      },
      {
        says: "带小数的数不算写法不一",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "126.5公里", "15", "15"] }),
        }),
      },
    ],
  },
});
