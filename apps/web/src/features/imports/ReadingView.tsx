import { useEffect, useRef } from "react";
import { t } from "../../i18n/words.ts";
import { type Reading, textAt } from "./reading.ts";
import { Unbroken } from "./Unbroken.tsx";

type Form = Reading["form"];

const HEAD = [
  "title",
  "year",
  "project",
  "projectCode",
  "department",
  "departmentCode",
  "unit",
  "unitCode",
  "moneyUnit",
] as const;
const FOOT = ["totalPoints", "totalScore", "grade", "deviation"] as const;
const FUNDS = [
  "label",
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "points",
  "executionRate",
  "score",
] as const;
const ROWS = ["level1", "level2", "name", "target", "actual", "points", "score", "deviation"] as const;
const NUMBERS: readonly string[] = [
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "points",
  "executionRate",
  "score",
];

const FUND_HEADS: Readonly<Record<(typeof FUNDS)[number], string>> = {
  label: t("资金"),
  initialBudget: t("年初预算数"),
  adjustedBudget: t("全年预算数"),
  expenditure: t("全年执行数"),
  points: t("分值"),
  executionRate: t("执行率"),
  score: t("得分"),
};
const ROW_HEADS: Readonly<Record<(typeof ROWS)[number], string>> = {
  level1: t("一级指标"),
  level2: t("二级指标"),
  name: t("三级指标"),
  target: t("目标值"),
  actual: t("实际值"),
  points: t("分值"),
  score: t("得分"),
  deviation: t("偏差原因"),
};

/** What was read, cell by cell, each a way to its place in the original. */
export function ReadingView({
  form,
  titles,
  selected,
  classOf,
  onPick,
}: {
  readonly form: Form;
  readonly titles: Reading["titles"];
  readonly selected: string | null;
  readonly classOf: (place: string) => string;
  readonly onPick: (place: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selected === null) return;
    const cell = box.current?.querySelector(`[data-place="${CSS.escape(selected)}"]`);
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected]);
  const cell = (place: string, extra = "") => (
    <td key={place} className={`${classOf(place)} ${extra}`} data-place={place}>
      <PlaceButton place={place} title={titles[place]} text={textAt(form, place)} onPick={onPick} />
    </td>
  );
  const line = (place: string, label: string) => (
    <tr key={place}>
      <th scope="row">{label}</th>
      {cell(place)}
    </tr>
  );
  const goals = form.goals.length > 0 ? form.goals : [form.goal];
  return (
    <div ref={box}>
      <h3>{t("表头")}</h3>
      <table className="reading-table">
        <tbody>
          {HEAD.filter(
            (key) => textAt(form, key) !== "" || ["year", "project", "unit", "moneyUnit"].includes(key),
          ).map((key) => line(key, HEADS[key]))}
        </tbody>
      </table>
      {form.funds.length > 0 && (
        <>
          <h3>{t("资金（{{unit}}）", { unit: form.moneyUnit ?? t("没有读到金额单位") })}</h3>
          <table className="reading-table">
            <thead>
              <tr>
                {FUNDS.map((key) => (
                  <th key={key} scope="col">
                    {FUND_HEADS[key]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {form.funds.map((fund, index) => (
                <tr key={`${index} ${fund.label}`}>
                  {FUNDS.map((key) => cell(`funds[${index}].${key}`, NUMBERS.includes(key) ? "number" : ""))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <h3>{t("年度目标")}</h3>
      <table className="reading-table">
        <tbody>
          {goals.flatMap((_, index) => [
            line(index === 0 ? "goal.expected" : `goals[${index}].expected`, t("预期目标")),
            line(index === 0 ? "goal.achieved" : `goals[${index}].achieved`, t("完成情况")),
          ])}
        </tbody>
      </table>
      <h3>{t("绩效指标（{{rows}}行）", { rows: form.indicators.length })}</h3>
      <table className="reading-table">
        <thead>
          <tr>
            {ROWS.map((key) => (
              <th key={key} scope="col">
                {ROW_HEADS[key]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {form.indicators.map(({ id }, index) => (
            <tr key={id}>
              {ROWS.map((key) => cell(`indicators[${index}].${key}`, NUMBERS.includes(key) ? "number" : ""))}
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t("其他")}</h3>
      <table className="reading-table">
        <tbody>
          {FOOT.filter((key) => textAt(form, key) !== "" || key === "totalScore").map((key) =>
            line(key, HEADS[key]),
          )}
          {form.fields.map(({ label }, index) => (
            <tr key={`${index} ${label}`}>
              <th scope="row">{label}</th>
              <td className={classOf(`fields[${index}]`)} data-place={`fields[${index}]`}>
                <PlaceButton
                  place={`fields[${index}]`}
                  title={label}
                  text={form.fields[index]?.text ?? ""}
                  onPick={onPick}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEADS: Readonly<Record<(typeof HEAD)[number] | (typeof FOOT)[number], string>> = {
  title: t("表名"),
  year: t("年度"),
  project: t("项目"),
  projectCode: t("项目编码"),
  department: t("主管部门"),
  departmentCode: t("部门编码"),
  unit: t("单位"),
  unitCode: t("单位编码"),
  moneyUnit: t("金额单位"),
  totalPoints: t("总分值"),
  totalScore: t("总分"),
  grade: t("等级"),
  deviation: t("偏差原因"),
};

function PlaceButton({
  place,
  title,
  text,
  onPick,
}: {
  readonly place: string;
  readonly title: string | undefined;
  readonly text: string;
  readonly onPick: (place: string) => void;
}) {
  return (
    <button type="button" className="bare" title={title} onClick={() => onPick(place)}>
      {text === "" ? <span className="blank">{t("空")}</span> : <Unbroken text={text} />}
    </button>
  );
}
