import type { FormDossier } from "../rule.ts";
import { reasonOf } from "./form-facts.ts";

const CHANGE =
  /预算(?:金额|总额|数|额)?(?:进行|作|有|已|被)?了?(?:调整|调减|调增|追加|压减|核减|调剂|收回|削减|缩减|变更|增加|减少)|(?:追加|调减|调增|压减|核减|收回|调剂|统筹|缩减|削减|调整)[^。；;，,]{0,14}(?:预算|资金|经费|指标额度|拨款)|年中(?:追加|调整|调减|压减)|结转[^。；;，,]{0,6}(?:下年|次年|至|到)|(?:资金|经费|预算)[^。；;，,]{0,14}(?:追加|调减|调增|压减|核减|收回|调剂|统筹|缩减|削减)/;
const LOW_EXECUTION =
  /执行率|(?:未|尚未|没有|暂未|未能|不能)(?:及时|按期|全部|完全|按时)?(?:支付|支出|执行|拨付|使用|结算|付款|付清|兑付|报账|入账|清算|发放完)|结余|结转|(?:支付|支出|执行|拨付)(?:进度|偏慢|缓慢|滞后|较慢)|尾款|质保金|质量保证金|跨年|按进度(?:付款|支付|拨付)|(?:资金|经费|预算)[^。；;，,]{0,12}(?:未|不足|滞后|偏慢|收回|偏大|偏高|过大|过多|节约|节省)|节约(?:了)?(?:财政)?(?:资金|经费|预算|成本)|压减|核减|收回[^。；;，,]{0,10}(?:资金|经费|预算|指标|额度|拨款|结余|元)|(?:财政|上级|统一|年底|年末)[^。；;，,\d]{0,6}收回|据实(?:结算|支付|列支)|合同(?:价|金额)|中标(?:价|金额)|招标(?:结余|节约)/;

/** Whether the form says why its budget changed, and why little of it was spent. */
export interface MoneyReasons {
  readonly change: boolean;
  readonly lowExecution: boolean;
}

const CACHE = new WeakMap<FormDossier, MoneyReasons>();

/**
 * Looks where a form explains money: beside the fund rows, in the reason of the whole form or of a row, in its other fields and in
 * the result. The goal was written before the year and explains nothing.
 */
export function moneyReasonsOf(dossier: FormDossier): MoneyReasons {
  const known = CACHE.get(dossier);
  if (known) return known;
  const { form, facts } = dossier;
  const texts: string[] = [facts.achieved];
  const whole = reasonOf(form.deviation);
  if (whole) texts.push(whole);
  for (const field of form.fields) {
    const text = reasonOf(field.text);
    if (text) texts.push(text);
  }
  for (const row of facts.rows) if (row.reason) texts.push(row.reason);
  const beside = facts.funds.some(({ row }) => reasonOf(row.deviation) !== null);
  const reasons: MoneyReasons = {
    change: beside || texts.some((text) => CHANGE.test(text)),
    lowExecution: beside || texts.some((text) => LOW_EXECUTION.test(text)),
  };
  CACHE.set(dossier, reasons);
  return reasons;
}
