import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

const STOCK =
  /(?:摄像头|摄像机|监控|探头|窗口|电脑|计算机|服务器|打印机|复印机|一体机|车辆|公务车|办公桌椅?|空调|电梯|机柜|显示屏|大屏|网络设备|办公设备|仪器|路灯|岗亭|床位|办公用房|房屋|机房|办公室)(?:设备)?(?:数量|数|台数|个数|总数|总量|保有量)$/;
const DONE =
  /购置|采购|新增|新购|添置|安装|维护|维修|更换|更新|建设|改造|配备|配置|部署|租赁|发放|投放|检测|检修|保养|巡检|升级|清洗|拆除|报废|调试|接入|布设|修缮|回收|运维|管护|设置|开设|保障|运转|运行|服务/;

const PRESENT = /^(?:现有|已有|原有|在用|库存|现存).{1,20}(?:数量|数|台数|总量|总数)$/;

type Figures = { row: string; actual: string };

/** Equipment that is there counted as the output of the year. */
export const stockAsOutput: Rule = formRule<Figures>({
  id: "stock-as-output",
  code: "AR-133",
  title: "把设备存量当作产出",
  explains:
    "摄像头、窗口、车辆、电脑等现有数量是存量或投入，不是当年的产出。名称写明购置、安装、维护、更新等当年所做的事的不提示。",
  kind: "assist",
  basis: [cite("reading", "投入当产出")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, group, title } of rowMeanings(facts)) {
      if (group === "cost" || (!STOCK.test(name.bare) && !PRESENT.test(name.bare)) || DONE.test(name.bare))
        continue;
      found.push({
        at: [place.indicator(row.index, "name")],
        figures: { row: title, actual: said(row.row.actual) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, actual }) => `「${row}」（完成值“${actual}”）数的是现有设备或设施，不是当年的产出。`,
  remedy: ({ row }) => `将「${row}」改为当年所做的事，如新增、维护的数量或服务的次数。`,
  examples: {
    fails: [
      {
        says: "数的是现有床位",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "养老机构床位数", "=120张", "120张", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "数的是维护长度", given: exampleForm() },
      {
        says: "当年更换的路灯",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "更换路灯数量", "≥300盏", "312盏", "15", "15"] }),
        }),
      },
    ],
  },
});
