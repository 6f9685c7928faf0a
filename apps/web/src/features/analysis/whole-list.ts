import { STATE_TITLES, type State } from "@jiheng/workflow";
import { allPages } from "../../api/all-pages.ts";
import { call } from "../../api/client.ts";
import type { Sent } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { csvOf } from "../../ui/figures-table.ts";

/** The longest page the server gives. */
const LONGEST = "200";

/** All forms of a list, page after page, as a table for a spreadsheet; amounts in yuan, as they are kept. */
export async function wholeList(query: NonNullable<Sent<"listFormsBehind">["query"]>): Promise<string> {
  const items = await allPages(
    async (after) => (await call("listFormsBehind", { query: { ...query, limit: LONGEST, ...after } })).body,
  );
  return csvOf({
    columns: [
      { title: t("项目") },
      { title: t("单位") },
      { title: t("状态") },
      { title: t("总分") },
      { title: t("按办法重算") },
      { title: t("等级") },
      { title: t("全年预算数（元）") },
      { title: t("全年执行数（元）") },
      { title: t("执行率%") },
    ],
    lines: items.map((item) => ({
      key: item.submission,
      cells: [
        item.project,
        item.unit,
        t(STATE_TITLES[item.state as State]),
        item.totalScore,
        item.recomputed,
        item.grade === null ? null : t(item.grade),
        item.adjustedBudget,
        item.expenditure,
        item.rate,
      ],
    })),
  });
}
