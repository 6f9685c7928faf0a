import type { Form, Indicator } from "@jiheng/domain";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Flex, Table, Typography } from "antd";
import { type Key, useState } from "react";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { type BesideRow, besideRows } from "./beside.ts";
import type { Taken } from "./row-edits.ts";
import type { Compared } from "./understood.ts";

/** This form beside the approved targets and last year's form, row by row, with what differs marked in words. */
export function BesideDrawer({
  form,
  basis,
  previous,
  compared,
  onGo,
  onTake,
  onClose,
}: {
  readonly form: Form;
  readonly basis: string | null;
  readonly previous: string | null;
  /** How the rows of this form stand to their targets. */
  readonly compared: readonly Compared[];
  readonly onGo: (address: string) => void;
  /** Puts rows that this form does not have into it; null where it cannot be written in. */
  readonly onTake: ((rows: readonly Taken[]) => void) | null;
  readonly onClose: () => void;
}) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const approved = useFormOf(basis);
  const before = useFormOf(previous);
  const missed = new Set(compared.flatMap(({ row, isMet }) => (isMet === false ? [row] : [])));
  const rows = besideRows(form, approved.data ?? null, before.data ?? null);
  return (
    <Drawer open placement="bottom" size="60vh" onClose={onClose} title={t("对照：已批复的目标和上年")}>
      {basis === null && <Alert type="info" showIcon title={t("这张表没有对应的已批复目标。")} />}
      {previous === null && <Alert type="info" showIcon title={t("这个项目没有上年的表。")} />}
      {[approved.error, before.error].map(
        (error) => error && <Alert key={error.message} type="error" showIcon title={error.message} />,
      )}
      {onTake && (
        <Flex gap="small" align="center" style={{ marginBottom: 8 }}>
          <Button
            disabled={chosen.length === 0}
            onClick={() => {
              onTake(
                rows.flatMap(({ key, now, approved: declared, before: last }) => {
                  const row = declared ?? last;
                  return row && now === null && chosen.includes(key)
                    ? [{ row, isApproved: declared !== null }]
                    : [];
                }),
              );
              setChosen([]);
            }}
          >
            {t("把选中的{{rows}}行放进本表", { rows: chosen.length })}
          </Button>
          <Typography.Text type="secondary">
            {t("只能选本表没有的行。已批复的带目标值，上年的目标值重新填；完成情况都不带。")}
          </Typography.Text>
        </Flex>
      )}
      <MoneyBeside forms={[form, approved.data ?? null, before.data ?? null]} />
      <Table<BesideRow>
        {...(onTake
          ? {
              rowSelection: {
                selectedRowKeys: [...chosen],
                onChange: (keys: Key[]) => setChosen(keys.map(String)),
                getCheckboxProps: ({ now, name }: BesideRow) => ({
                  disabled: now !== null,
                  "aria-label": t("选中“{{name}}”", { name }),
                }),
                getTitleCheckboxProps: () => ({ "aria-label": t("选中本表没有的所有行") }),
              },
            }
          : {})}
        size="small"
        rowKey="key"
        bordered
        pagination={false}
        loading={approved.isFetching || before.isFetching}
        dataSource={rows}
        scroll={{ x: 1000 }}
        columns={[
          {
            title: t("指标"),
            dataIndex: "name",
            width: 220,
            render: (name: string, { now, key, isTargetChanged }) => (
              <>
                {now ? (
                  <button
                    type="button"
                    className="plain-button"
                    onClick={() => {
                      onClose();
                      onGo(`indicators[${key}].target`);
                    }}
                  >
                    {name}
                  </button>
                ) : (
                  name
                )}
                {isTargetChanged && <strong>　▲ {t(now ? "目标有改动" : "本表没有")}</strong>}
              </>
            ),
          },
          {
            title: t("本表"),
            children: [
              cell(t("目标值"), (row) => row.now?.target.text),
              {
                title: t("实际值"),
                key: "actual",
                render: (_: unknown, { now }: BesideRow) => (
                  <>
                    {now?.actual.text ?? "—"}
                    {now && missed.has(now.id) && <strong>　▼ {t("未达成目标")}</strong>}
                  </>
                ),
              },
              cell(t("得分"), (row) => scoreOf(row.now)),
            ],
          },
          { title: t("已批复"), children: [cell(t("目标值"), (row) => row.approved?.target.text)] },
          {
            title: before.data?.year ? t("{{year}}年", { year: before.data.year }) : t("上年"),
            children: [
              cell(t("目标值"), (row) => row.before?.target.text),
              cell(t("实际值"), (row) => row.before?.actual.text),
              cell(t("得分"), (row) => scoreOf(row.before)),
            ],
          },
        ]}
      />
    </Drawer>
  );
}

const MONEY = [
  ["initialBudget", t("年初预算数")],
  ["adjustedBudget", t("全年预算数")],
  ["expenditure", t("全年执行数")],
] as const;

/** The whole money of the three forms, each in the unit it prints. */
function MoneyBeside({ forms }: { readonly forms: readonly (Form | null)[] }) {
  const heads = [t("本表"), t("已批复"), t("上年")];
  const totals = forms.map((each) => ({
    unit: each?.moneyUnit ?? "",
    fund: each?.funds.find(({ source }) => source === "total") ?? each?.funds[0] ?? null,
  }));
  return (
    <table className="money-beside" aria-label={t("资金总额对照")}>
      <thead>
        <tr>
          <td />
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MONEY.map(([key, title]) => (
          <tr key={key}>
            <th scope="row">{title}</th>
            {totals.map(({ unit, fund }, index) => (
              <td key={heads[index]}>{fund?.[key] ? `${fund[key]}${unit}` : "—"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function scoreOf(row: Indicator | null): string | null {
  return row ? `${row.score ?? "—"}/${row.points ?? "—"}` : null;
}

function cell(title: string, of: (row: BesideRow) => string | null | undefined) {
  return { title, key: title, render: (_: unknown, row: BesideRow) => of(row) ?? "—" };
}

function useFormOf(submission: string | null) {
  return useQuery({
    queryKey: ["form-beside", submission],
    enabled: submission !== null,
    queryFn: async () =>
      ((await call("getForm", { params: { submission: submission ?? "" } })).body.form as Form | null) ??
      null,
  });
}
