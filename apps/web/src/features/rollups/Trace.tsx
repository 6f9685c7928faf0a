import { Drawer, Empty, Flex, Spin, Table, Typography } from "antd";
import { Link } from "react-router";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { placeInWords } from "./places.ts";
import type { Derivation } from "./recipe.ts";

type Term = Extract<Derivation, { kind: "sum" }>["terms"][number];

const HOW: Readonly<Record<Derivation["kind"], string>> = {
  sum: t("相加"),
  weighted: t("加权平均"),
  fromParts: t("按分子分母重算"),
  byMoney: t("按资金比重"),
  strictest: t("取最严"),
  same: t("各表相同"),
  joined: t("文字合并"),
  recomputed: t("按评分办法重算"),
  allotted: t("分配"),
  given: t("直接给出"),
  unavailable: t("不能合并"),
};

/** The same for one derivation: what only one form has was taken from it and held against nothing. */
export function howInWords(how: Derivation): string {
  const isAlone = "terms" in how && how.terms.length === 1 && ["same", "joined", "sum"].includes(how.kind);
  return isAlone ? t("取自一张表") : HOW[how.kind];
}

/** Where a figure comes from: what was done, on which source, and every form with its place and what stands there. */
export function TraceDrawer({
  title,
  derivations,
  error,
  links,
  onClose,
}: {
  readonly title: string | null;
  /** Undefined while they are being asked for. */
  readonly derivations: readonly (readonly [string, Derivation])[] | undefined;
  readonly error?: Error | null;
  /** Forms that can be gone to. */
  readonly links: ReadonlySet<string>;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      open={title !== null}
      onClose={onClose}
      size={640}
      mask={false}
      title={t("“{{title}}”怎么得来", { title: title ?? "" })}
      closable={{ "aria-label": t("关闭") }}
    >
      {error ? (
        <Failed error={error} />
      ) : derivations === undefined ? (
        <Spin />
      ) : derivations.length === 0 ? (
        <Empty description={t("这一格没有来历记录。")} />
      ) : (
        <Flex vertical gap="large">
          {derivations.map(([at, derivation]) => (
            <History key={at} at={at} derivation={derivation} links={links} />
          ))}
        </Flex>
      )}
    </Drawer>
  );
}

function History({
  at,
  derivation,
  links,
}: {
  readonly at: string;
  readonly derivation: Derivation;
  readonly links: ReadonlySet<string>;
}) {
  const { kind, says, basis } = derivation;
  const terms = "terms" in derivation ? derivation.terms : [];
  const left = kind === "sum" ? derivation.left : [];
  return (
    <section aria-label={placeInWords(at)}>
      <Typography.Paragraph>
        <strong>{howInWords(derivation)}</strong>
        {"value" in derivation && derivation.value !== null && (
          <>
            {t("，得")}
            <strong>{derivation.value}</strong>
          </>
        )}
      </Typography.Paragraph>
      <Typography.Paragraph style={{ whiteSpace: "pre-wrap" }}>{says}</Typography.Paragraph>
      {kind === "recomputed" && derivation.steps.length > 0 && (
        <ol>
          {derivation.steps.map((step) => (
            <li key={step.says}>{step.says}</li>
          ))}
        </ol>
      )}
      {terms.length > 0 && <Terms terms={terms} links={links} title={t("来源")} />}
      {left.length > 0 && <Terms terms={left} links={links} title={t("没有计入的")} />}
      {basis.length > 0 && (
        <Typography.Paragraph type="secondary" style={{ marginTop: 8 }}>
          {t("依据：")}
          {basis.join("；")}
        </Typography.Paragraph>
      )}
    </section>
  );
}

function Terms({
  terms,
  links,
  title,
}: {
  readonly terms: readonly Term[];
  readonly links: ReadonlySet<string>;
  readonly title: string;
}) {
  const isWeighted = terms.some(({ weight }) => weight !== null);
  return (
    <Table<Term>
      size="small"
      rowKey={({ form, at }) => `${form} ${at}`}
      dataSource={[...terms]}
      pagination={terms.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: 560 }}
      columns={[
        {
          title,
          dataIndex: "project",
          render: (project: string, { form, file }) => (
            <>
              {links.has(form) ? <Link to={`/forms/${form}`}>{project}</Link> : project}
              {file !== null && <div>{file}</div>}
            </>
          ),
        },
        { title: t("位置"), dataIndex: "at", width: 150, render: (at: string) => placeInWords(at) },
        {
          title: t("表上原文"),
          dataIndex: "text",
          width: 130,
          render: (text: string | null) => text ?? t("空白"),
        },
        {
          title: t("参与计算"),
          dataIndex: "figure",
          width: 100,
          align: "right",
          render: (figure: string | null) => figure ?? "—",
        },
        ...(isWeighted
          ? [
              {
                title: t("权重"),
                dataIndex: "weight",
                width: 100,
                align: "right" as const,
                render: (weight: string | null) => weight ?? "—",
              },
            ]
          : []),
      ]}
    />
  );
}
