import { Table, Tag, Typography } from "antd";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { type MarkBeside, marksBeside } from "./marks-beside.ts";

type Answer = Answered<"getForm">;

/** The marks of a form that the rules give otherwise: both figures, what the unit says and how the rules get theirs. */
export function MarksTable({
  marks,
  form,
}: {
  readonly marks: NonNullable<Answer["review"]>["marks"];
  readonly form: Answer["form"];
}) {
  const { differing, tooHigh, tooLow, compared, notCompared } = marksBeside(marks, form);
  const { grade, printed } = marks;
  // Targets before the year's end carry no marks at all: there is nothing to say of them.
  if (compared === 0) return null;
  return (
    <>
      {grade !== null && printed.grade !== null && grade !== printed.grade && (
        <Typography.Text strong>
          {t("表上等级“{{self}}”，按重算为“{{rules}}”。", { self: printed.grade, rules: grade })}
        </Typography.Text>
      )}
      {differing.length > 0 && (
        <Typography.Text>
          {t("能比较的{{compared}}行里{{n}}行得分与重算不一致，相差大的在前：", {
            compared,
            n: differing.length,
          })}
          {[
            ...(tooHigh.rows > 0 ? [t("{{rows}}行多算，共{{points}}分", { ...tooHigh })] : []),
            ...(tooLow.rows > 0 ? [t("{{rows}}行少算，共{{points}}分", { ...tooLow })] : []),
          ].join("；")}
        </Typography.Text>
      )}
      {differing.length > 0 ? (
        <Table<MarkBeside>
          size="small"
          bordered
          rowKey="at"
          aria-label={t("得分与重算不一致的行")}
          pagination={false}
          scroll={{ x: 860 }}
          dataSource={[...differing]}
          columns={[
            {
              title: t("指标"),
              dataIndex: "name",
              width: 180,
              render: (name: string | null) => name ?? t("预算执行率"),
            },
            { title: t("自评得分"), dataIndex: "self", width: 80, align: "right" },
            {
              title: t("单位怎么说"),
              dataIndex: "unit",
              render: (unit: MarkBeside["unit"]) =>
                unit.length === 0 ? "—" : unit.map((said) => <div key={said.of}>{saying(said)}</div>),
            },
            {
              title: t("重算得分"),
              dataIndex: "rules",
              width: 130,
              align: "right",
              render: ([low, high]: MarkBeside["rules"], { gap }) => (
                <>
                  {low === high ? low : `${low}～${high}`}{" "}
                  <Tag color="warning">
                    {gap.startsWith("-")
                      ? t("少{{gap}}分", { gap: gap.slice(1) })
                      : t("多{{gap}}分", { gap })}
                  </Tag>
                </>
              ),
            },
            {
              title: t("按办法怎么算"),
              dataIndex: "steps",
              render: (steps: MarkBeside["steps"]) =>
                steps.map(({ says, basis }) => (
                  <div key={says}>
                    {says}
                    {basis.length > 0 && (
                      <Typography.Text type="secondary">（{basis.join("；")}）</Typography.Text>
                    )}
                  </div>
                )),
            },
          ]}
        />
      ) : (
        <Typography.Text>{t("能比较的{{compared}}行得分都与重算一致。", { compared })}</Typography.Text>
      )}
      {notCompared > 0 && (
        <Typography.Text type="secondary">
          {t("另有{{rows}}行不能比较：没有得分，或按资料算不出来。", { rows: notCompared })}
        </Typography.Text>
      )}
    </>
  );
}

function saying({ of, text }: MarkBeside["unit"][number]): string {
  if (of === "target") return t("指标值：{{text}}", { text });
  return of === "actual" ? t("完成值：{{text}}", { text }) : t("原因：{{text}}", { text });
}
