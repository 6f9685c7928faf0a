import { describePlace, type Form } from "@jiheng/domain";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Empty, Flex, Input, Select, Table, Tabs, Tag, Typography } from "antd";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { MemberPicker } from "./MemberPicker.tsx";
import { isFigure } from "./places.ts";
import { RollUpSheet } from "./RollUpSheet.tsx";
import {
  type Conflict,
  differencesOf,
  type Line,
  linesOf,
  madeChoices,
  type Offer,
  type Recipe,
  type Rolled,
  reweighted,
  taken,
  waysOut,
  weightedRows,
  withoutOptions,
} from "./recipe.ts";
import { howInWords, TraceDrawer } from "./Trace.tsx";

const WAIT = 300;
const UNNAMED = "—";

/** A recipe that can be taken back step by step. */
export interface Steps {
  readonly recipe: Recipe;
  readonly change: (after: Recipe) => void;
  readonly undo: (() => void) | null;
}

/** Keeps every recipe that stood before. */
export function useSteps(first: Recipe): Steps {
  const [stack, setStack] = useState<readonly Recipe[]>([first]);
  const recipe = stack.at(-1) ?? first;
  return {
    recipe,
    change: (after) => setStack((before) => [...before, after]),
    undo: stack.length > 1 ? () => setStack((before) => before.slice(0, -1)) : null,
  };
}

/** What a roll-up of the recipe would be, asked for when nothing was changed for a moment. */
export function usePreview(year: number, name: string, recipe: Recipe) {
  const asked = useSettled(recipe);
  const { members, choices, template } = asked;
  const query = useQuery({
    queryKey: ["rollup-preview", year, name, asked],
    enabled: members.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) =>
      (
        await call("previewRollUp", {
          signal,
          body: {
            year,
            name,
            members: members.map(({ id }) => id),
            choices,
            ...(template === null ? {} : { template }),
          },
        })
      ).body,
  });
  const isCurrent = asked === recipe && !query.isPlaceholderData && !query.isFetching;
  const isEmpty = members.length === 0;
  return {
    preview: isEmpty ? undefined : query.data,
    error: isEmpty ? null : query.error,
    isCurrent: isCurrent && !isEmpty,
    again: query.refetch,
  };
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Forms are picked, conflicts settled, and the form that comes of it stands beneath, every figure with its history. */
export function Builder({
  year,
  steps,
  preview,
  error,
  isCurrent,
  again,
  against,
  children,
}: {
  readonly year: number;
  readonly steps: Steps;
  readonly against?: Form;
  /** What is done with it, above the form, which may be long. */
  readonly children?: ReactNode;
} & ReturnType<typeof usePreview>) {
  const { recipe, change, undo } = steps;
  const rolled = preview?.kind === "rolled" ? preview : null;
  return (
    <Flex vertical gap="middle">
      <Card size="small" title={<SectionTitle>{t("一、选择参加汇总的表")}</SectionTitle>}>
        <MemberPicker
          year={year}
          members={recipe.members}
          onChange={(members) => change({ ...recipe, members })}
        />
        {recipe.members.length > 0 && (
          <Flex gap={4} wrap align="center" style={{ marginTop: 8 }}>
            {t("已选：")}
            {recipe.members.map((member) => (
              <Button
                key={member.id}
                size="small"
                aria-label={t("不汇总“{{project}}”", { project: member.project })}
                onClick={() =>
                  change({ ...recipe, members: recipe.members.filter(({ id }) => id !== member.id) })
                }
              >
                {member.project} <span aria-hidden>×</span>
              </Button>
            ))}
          </Flex>
        )}
      </Card>
      <Card
        size="small"
        title={<SectionTitle>{t("二、需要您决定的")}</SectionTitle>}
        extra={
          <Button size="small" disabled={undo === null} onClick={() => undo?.()}>
            {t("撤销上一步")}
          </Button>
        }
      >
        {error && <Failed error={error} again={again} />}
        {preview?.kind === "refused" && <Conflicts conflicts={preview.conflicts} steps={steps} />}
        {!preview && !error && (
          <Typography.Text type="secondary">
            {t("选好表之后，单位、方向、年度不一致的地方和可能是同一指标的行会列在这里，由您决定。")}
          </Typography.Text>
        )}
        {rolled && <Offers offers={rolled.offers} steps={steps} />}
        {recipe.members.length > 0 && (
          <Made year={year} steps={steps} form={rolled?.form as Form | undefined} />
        )}
      </Card>
      <Card
        size="small"
        title={<SectionTitle>{t("三、汇总表")}</SectionTitle>}
        extra={
          <Typography.Text type="secondary" role="status">
            {recipe.members.length > 0 && !isCurrent && !error && t("正在试汇总…")}
            {rolled && isCurrent && t("按以上选择试汇总，还没有生成")}
          </Typography.Text>
        }
      >
        {children}
        {rolled ? (
          <Outcome
            rolled={rolled}
            links={new Set(recipe.members.map(({ id }) => id))}
            {...(against ? { against } : {})}
          />
        ) : (
          <Empty
            description={
              preview?.kind === "refused"
                ? t("先处理上面的{{count}}处冲突。", { count: preview.conflicts.length })
                : t("选第一张表，汇总表就会在这里出现；每多选一张，它随之增加。")
            }
          />
        )}
      </Card>
    </Flex>
  );
}

function Conflicts({ conflicts, steps }: { readonly conflicts: readonly Conflict[]; readonly steps: Steps }) {
  const known = new Set(steps.recipe.members.map(({ id }) => id));
  return (
    <>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t("有{{count}}处冲突，处理之后才能汇总", { count: conflicts.length })}
      />
      <ul className="rollup-chosen" aria-label={t("冲突")}>
        {conflicts.map((conflict) => {
          const ways = waysOut(conflict, steps.recipe);
          const forms = [...new Map(conflict.terms.map((term) => [term.form, term.project])).entries()];
          return (
            <li key={`${conflict.code} ${conflict.says}`}>
              <div>{conflict.says}</div>
              <Typography.Text type="secondary">{withoutOptions(conflict.remedy)}</Typography.Text>
              <Flex gap="small" wrap align="center" style={{ marginTop: 4 }}>
                {ways.map((way) => (
                  <Button key={way.says} size="small" onClick={() => steps.change(way.after)}>
                    {way.says}
                  </Button>
                ))}
              </Flex>
              <Flex gap="small" wrap style={{ marginTop: 4 }}>
                {forms
                  .filter(([form]) => known.has(form))
                  .map(([form, project]) => (
                    <Link key={form} to={`/forms/${form}`}>
                      {t("看“{{project}}”", { project })}
                    </Link>
                  ))}
              </Flex>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Offers({ offers, steps }: { readonly offers: readonly Offer[]; readonly steps: Steps }) {
  const [all, showAll] = useState(false);
  if (offers.length === 0)
    return <Typography.Text type="secondary">{t("没有冲突，也没有需要确认的地方。")}</Typography.Text>;
  const shown = all ? offers : offers.slice(0, 6);
  return (
    <>
      <Typography.Text>
        {t("没有冲突。有{{count}}处可能要调整，不处理也可以汇总：", { count: offers.length })}
      </Typography.Text>
      <ul className="rollup-chosen" aria-label={t("可能要调整的")}>
        {shown.map((offer) => {
          const way = taken(offer, steps.recipe);
          return (
            <li key={`${offer.kind} ${offer.says}`}>
              <div>{withoutOptions(offer.says)}</div>
              <Button size="small" style={{ marginTop: 4 }} onClick={() => steps.change(way.after)}>
                {way.says}
              </Button>
            </li>
          );
        })}
      </ul>
      {shown.length < offers.length && (
        <Button size="small" onClick={() => showAll(true)}>
          {t("再列{{count}}处", { count: offers.length - shown.length })}
        </Button>
      )}
    </>
  );
}

/** A weight for every row there is now: rows that were put together since are asked for, those that are gone are said to be. */
function Weights({ year, steps }: { readonly year: number; readonly steps: Steps }) {
  const { recipe, change } = steps;
  const { choices } = recipe;
  // A roll-up that lacks a weight is refused and has no rows; divided equally it has them.
  const equal = useMemo(
    () => ({ ...recipe, choices: { ...recipe.choices, points: "equal" as const, weights: {} } }),
    [recipe],
  );
  const { preview } = usePreview(year, UNNAMED, equal);
  const rows = preview?.kind === "rolled" ? (preview.form as Form).indicators : null;
  return (
    <Flex gap="small" wrap>
      {weightedRows(choices.weights, rows).map(({ name, weight, isGone }) => (
        <Input
          key={name}
          size="small"
          style={{ width: 300 }}
          prefix={isGone ? t("{{name}}（已没有这一行）", { name }) : name}
          aria-label={t("“{{name}}”的权重", { name })}
          {...(weight === "" ? { status: "warning" as const } : {})}
          defaultValue={weight}
          onBlur={({ target }) => {
            const typed = target.value.trim();
            if (typed !== weight)
              change({
                ...recipe,
                choices: { ...choices, weights: reweighted(choices.weights, name, typed) },
              });
          }}
        />
      ))}
    </Flex>
  );
}

function Made({
  year,
  steps,
  form,
}: {
  readonly year: number;
  readonly steps: Steps;
  readonly form: Form | undefined;
}) {
  const { recipe, change } = steps;
  const { choices } = recipe;
  const made = madeChoices(recipe);
  return (
    <Flex vertical gap="small" style={{ marginTop: 12 }}>
      <Flex gap="small" align="center" wrap>
        <span>{t("各行分值")}</span>
        <Select
          aria-label={t("各行分值怎么分配")}
          style={{ width: 200 }}
          value={choices.points}
          onChange={(points) =>
            change({
              ...recipe,
              choices: {
                ...choices,
                points,
                weights:
                  points === "weights"
                    ? Object.fromEntries(
                        weightedRows({}, form?.indicators ?? []).map(({ name }) => [name, "1"]),
                      )
                    : {},
              },
            })
          }
          options={[
            { value: "equal" as const, label: t("同级平均分配") },
            { value: "money" as const, label: t("按项目资金分配") },
            { value: "weights" as const, label: t("按给出的权重分配") },
          ]}
        />
      </Flex>
      {choices.points === "weights" && <Weights year={year} steps={steps} />}
      {made.length > 0 && (
        <Flex gap={4} wrap align="center">
          {t("您的选择：")}
          {made.map((way) => (
            <Button
              key={way.says}
              size="small"
              aria-label={t("取消：{{says}}", { says: way.says })}
              onClick={() => change(way.after)}
            >
              {way.says} <span aria-hidden>×</span>
            </Button>
          ))}
        </Flex>
      )}
    </Flex>
  );
}

function Outcome({
  rolled,
  links,
  against,
}: {
  readonly rolled: Rolled;
  readonly links: ReadonlySet<string>;
  readonly against?: Form;
}) {
  const form = rolled.form as Form;
  const { traces, notes } = rolled;
  const [picked, setPicked] = useState<string | null>(null);
  const changed = against ? differencesOf(against, form) : [];
  return (
    <>
      <Tabs
        items={[
          ...(against
            ? [
                {
                  key: "changed",
                  label: t("与现在的表相比（{{count}}处）", { count: changed.length }),
                  children: <Changes changed={changed} />,
                },
              ]
            : []),
          {
            key: "form",
            label: t("汇总表"),
            children: (
              <>
                <Typography.Paragraph type="secondary">
                  {t("点蓝色的数，看它怎么得来、来自哪张表的哪一格。")}
                </Typography.Paragraph>
                <RollUpSheet
                  form={form}
                  hasHistory={(at, text) => {
                    const how = traces[at];
                    // A blank has a history where something could not be joined, none where there was nothing to join.
                    return how !== undefined && isFigure(at) && (text !== "" || how.kind === "unavailable");
                  }}
                  picked={picked}
                  onPick={setPicked}
                />
              </>
            ),
          },
          {
            key: "lines",
            label: t("逐行来历"),
            children: <Lines lines={linesOf(form, traces)} onPick={setPicked} />,
          },
          {
            key: "notes",
            label: t("说明（{{count}}条）", { count: notes.length }),
            children:
              notes.length === 0 ? (
                <Typography.Text type="secondary">{t("没有需要说明的。")}</Typography.Text>
              ) : (
                <ul>
                  {[...new Set(notes)].map((note) => (
                    <li key={note}>{withoutOptions(note)}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      <TraceDrawer
        title={picked === null ? null : describePlace(form, picked)}
        derivations={
          picked === null
            ? []
            : Object.entries(traces).filter(([at]) => at === picked || at.startsWith(`${picked}.`))
        }
        links={links}
        onClose={() => setPicked(null)}
      />
    </>
  );
}

function Changes({ changed }: { readonly changed: ReturnType<typeof differencesOf> }) {
  return (
    <Table
      size="small"
      rowKey={({ name, what, before, after }) => `${name} ${what} ${before} ${after}`}
      dataSource={[...changed]}
      pagination={changed.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 640 }}
      locale={{ emptyText: t("重新汇总的结果与现在的表相同。") }}
      columns={[
        { title: t("行"), dataIndex: "name" },
        { title: t("内容"), dataIndex: "what", width: 120 },
        {
          title: t("现在"),
          dataIndex: "before",
          width: 180,
          render: (text: string | null) => text ?? t("没有"),
        },
        {
          title: t("重新汇总后"),
          dataIndex: "after",
          width: 180,
          render: (text: string | null) => text ?? t("没有"),
        },
      ]}
    />
  );
}

function Lines({
  lines,
  onPick,
}: {
  readonly lines: readonly Line[];
  readonly onPick: (at: string) => void;
}) {
  const cellOf = (line: Line, field: string) => line.cells.find(({ at }) => at.endsWith(`.${field}`));
  const columnOf = (title: string, fields: readonly string[]) => ({
    title,
    key: title,
    width: 190,
    render: (_: unknown, line: Line) => {
      const cell = fields.map((field) => cellOf(line, field)).find(Boolean);
      if (!cell) return "—";
      const { how, at } = cell;
      return (
        <Button type="link" className="link-in-table" onClick={() => onPick(at)}>
          <span className="heard">{`${line.name} ${title}`}</span>
          <Tag color={how.kind === "unavailable" ? "warning" : "default"}>{howInWords(how)}</Tag>
          {"value" in how ? how.value : ""}
        </Button>
      );
    },
  });
  return (
    <Table<Line>
      size="small"
      rowKey="key"
      dataSource={[...lines]}
      pagination={lines.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      scroll={{ x: 900 }}
      columns={[
        {
          title: t("行"),
          dataIndex: "name",
          render: (name: string, { group }) => (
            <>
              {name || t("未命名")}
              <div>
                <Typography.Text type="secondary">{group}</Typography.Text>
              </div>
            </>
          ),
        },
        { title: t("来自几张表"), dataIndex: "forms", width: 100, align: "right" },
        columnOf(t("指标值／全年预算数"), ["target", "adjustedBudget"]),
        columnOf(t("完成值／执行数"), ["actual", "expenditure"]),
        columnOf(t("得分"), ["score"]),
      ]}
    />
  );
}
