import {
  compare,
  type Decimal,
  decimal,
  type Form,
  multiply,
  parseDecimal,
  parseMeasure,
  yuanPer,
} from "@jiheng/domain";
import { type RowMeaning, rowMeanings } from "../lexicon/row-meaning.ts";
import type { FormFacts } from "./form-facts.ts";

/** A row that bounds or reports what the whole project costs, in yuan. */
export interface WholeCost {
  readonly row: RowMeaning;
  readonly target: Decimal | null;
  readonly actual: Decimal | null;
}

const WHOLE =
  /总(?:成本|投资|支出|费用|造价|经费|投入)|^项目(?:建设|实施)?(?:成本|投资|支出|费用|经费|造价|资金)(?:控制|投入)?(?:在|数|额|总额|金额|情况)?|(?:成本|投资|支出|费用|经费)总额|^(?:预算|项目预算)?成本控制(?:数|额)$/;
const PART =
  /单位|单价|单次|每|平均|均|人工|劳务|设备|材料|前期|监理|设计|勘察|占|率|比例|节约|节省|降低|压缩|减少|结余|累计|历年|中期|第[一二三四五]|其中|三公|补贴|补助标准|标准/;

/** Money of a measure in yuan; null where no unit of money is printed. */
export function yuanOf(text: string | null, printedUnit: string | null = null): Decimal | null {
  const { measure } = parseMeasure(text ?? "");
  const value = parseDecimal(measure.value);
  const per = yuanPer(measure.unit ?? printedUnit);
  return value && per ? multiply(value, per) : null;
}

/** Whether two amounts are within so many hundredths of each other's larger one. */
export function alikeIn(a: Decimal, b: Decimal, hundredths: bigint): boolean {
  const [low, high] = compare(a, b) <= 0 ? [a, b] : [b, a];
  return compare(multiply(high, { units: 100n - hundredths, scale: 2 }), low) <= 0;
}

/** The yuan one unit of the form's money is; 万元 where none is printed. */
export function moneyOf(form: Form, figure: Decimal | null): Decimal | null {
  const per = yuanPer(form.moneyUnit) ?? decimal(10_000);
  return figure ? multiply(figure, per) : null;
}

/** The rows whose name says that they are the cost of the whole project. */
export function wholeCostRows(facts: FormFacts): readonly WholeCost[] {
  return rowMeanings(facts).flatMap((row) => {
    const { name, facts: own } = row;
    if (!WHOLE.test(name.bare) || PART.test(name.bare)) return [];
    const { target, actual } = own.row;
    const unit = target.unit ?? actual.unit;
    if (!yuanPer(unit)) return [];
    return [{ row, target: yuanOf(target.text, unit), actual: yuanOf(actual.text, unit) }];
  });
}
