import { RULES, type Rule } from "@jiheng/audit";
import type { NotChecked } from "@jiheng/domain";

/** What a region changed about a rule, in force on the day it was asked for. */
export interface RuleSetting {
  readonly rule: string;
  readonly force: "must" | "should" | "hint" | "off";
  readonly from: string;
  readonly reason: string;
}

/** The rules a region reviews by: re-graded ones with their force, switched-off ones listed with the reason, never passed over. */
export interface RulesInForce {
  readonly rules: readonly Rule[];
  readonly off: readonly NotChecked[];
  /** The codes whose force differs from the catalogue's. */
  readonly regraded: readonly string[];
}

const AS_PUBLISHED: RulesInForce = { rules: RULES, off: [], regraded: [] };

/** The catalogue under the settings of a region. */
export function rulesInForce(settings: readonly RuleSetting[]): RulesInForce {
  if (settings.length === 0) return AS_PUBLISHED;
  const of = new Map(settings.map((setting) => [setting.rule, setting]));
  const rules: Rule[] = [];
  const off: NotChecked[] = [];
  const regraded: string[] = [];
  for (const rule of RULES) {
    const setting = of.get(rule.id);
    if (setting?.force === "off") {
      off.push({
        rule: rule.id,
        code: rule.code,
        why: `本地区自${setting.from}起停用这条规则：${setting.reason}`,
      });
    } else if (setting && setting.force !== rule.force) {
      rules.push({ ...rule, force: setting.force });
      regraded.push(rule.code);
    } else rules.push(rule);
  }
  return { rules, off, regraded };
}
