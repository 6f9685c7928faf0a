import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Input, Modal, Table, Typography } from "antd";
import { useRef, useState } from "react";
import { t } from "../i18n/words.ts";
import { count } from "./figures.ts";
import { csvOf } from "./figures-table.ts";
import { fileName, saveAs } from "./save-as.ts";
import { type TypedRow, typedRows } from "./typed-rows.ts";

/** What a row was found to be: something that can be done, or why not. */
export type Verdict<Ready> =
  | { readonly kind: "ready"; readonly ready: Ready }
  | { readonly kind: "problem"; readonly says: string };

/** Something that is done to many at once, a row each. */
export interface ManyRows<Ready> {
  readonly title: string;
  /** What stands in the columns, and what a row does. */
  readonly explains: string;
  readonly columns: readonly string[];
  /** A row as it should look. */
  readonly example: string;
  /** Looks at all rows together before anything is done; answers as many verdicts as there are rows. */
  readonly check: (rows: readonly TypedRow[]) => Promise<readonly Verdict<Ready>[]>;
  /** Does one row; what it answers stands in the column of results. */
  readonly carryOut: (ready: Ready) => Promise<string>;
  /** What the column of results is called. */
  readonly result: string;
  /** Said where results are shown this once, and must be taken along. */
  readonly warns?: string;
  readonly refreshes: readonly string[];
}

interface Line<Ready> {
  readonly row: TypedRow;
  readonly verdict: Verdict<Ready>;
  readonly done: string | null;
  readonly refused: string | null;
}

/**
 * Many of a kind at once: rows are pasted from a spreadsheet, looked at before anything is done, then done one after another. A row with a
 * problem is left out and says why; one the server refuses holds none of the others up and can be tried again.
 */
export function RowsDialog<Ready>({
  of,
  onClose,
}: {
  readonly of: ManyRows<Ready>;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [lines, setLines] = useState<readonly Line<Ready>[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isStopped = useRef(false);
  const queries = useQueryClient();
  const open = lines?.filter(({ verdict, done }) => verdict.kind === "ready" && done === null) ?? [];
  const finished = lines?.filter(({ done }) => done !== null) ?? [];
  const problems = lines?.filter(({ verdict }) => verdict.kind === "problem") ?? [];

  const look = async () => {
    const rows = typedRows(text, of.columns);
    if (rows.length === 0) {
      setFailure(t("没有读到一行。请从电子表格里复制几行，粘贴到框里。"));
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      const verdicts = await of.check(rows);
      setLines(
        rows.map((row, index) => ({
          row,
          verdict:
            row.beyond.length > 0
              ? {
                  kind: "problem",
                  says: t("多出{{n}}格：{{cells}}", { n: row.beyond.length, cells: row.beyond.join("、") }),
                }
              : (verdicts[index] ?? { kind: "problem", says: "" }),
          done: null,
          refused: null,
        })),
      );
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };

  const carryOut = async () => {
    setBusy(true);
    isStopped.current = false;
    for (const { row, verdict } of open) {
      if (isStopped.current) break;
      if (verdict.kind !== "ready") continue;
      const said: Pick<Line<Ready>, "done" | "refused"> = await of.carryOut(verdict.ready).then(
        (done) => ({ done, refused: null }),
        (error: unknown) => ({ done: null, refused: error instanceof Error ? error.message : String(error) }),
      );
      setLines((before) => before?.map((line) => (line.row === row ? { ...line, ...said } : line)) ?? null);
    }
    await Promise.all(of.refreshes.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    setBusy(false);
  };

  const save = () =>
    saveAs(
      `${fileName([of.title])}.csv`,
      new Blob(
        [
          csvOf({
            columns: [...of.columns, of.result].map((title) => ({ title })),
            lines: (lines ?? []).map((line) => ({
              key: String(line.row.line),
              cells: [...line.row.cells, line.done ?? standing(line)],
            })),
          }),
        ],
        { type: "text/csv;charset=utf-8" },
      ),
    );

  return (
    <Modal
      open
      width={880}
      title={of.title}
      onCancel={onClose}
      closable={!isBusy}
      keyboard={!isBusy}
      mask={{ closable: false }}
      footer={
        <>
          {lines !== null && finished.length === 0 && (
            <Button disabled={isBusy} onClick={() => setLines(null)}>
              {t("回去改")}
            </Button>
          )}
          {finished.length > 0 && !isBusy && <Button onClick={save}>{t("下载结果（CSV）")}</Button>}
          {isBusy && lines !== null && (
            <Button
              onClick={() => {
                isStopped.current = true;
              }}
            >
              {t("停下")}
            </Button>
          )}
          {lines === null ? (
            <Button type="primary" loading={isBusy} disabled={text.trim() === ""} onClick={() => void look()}>
              {t("先看一遍")}
            </Button>
          ) : open.length > 0 ? (
            <Button type="primary" loading={isBusy} onClick={() => void carryOut()}>
              {t("办理{{n}}行", { n: count(open.length) })}
            </Button>
          ) : (
            <Button type="primary" onClick={onClose}>
              {t("完成")}
            </Button>
          )}
        </>
      }
    >
      <Flex vertical gap="small">
        <Typography.Text>{of.explains}</Typography.Text>
        {failure !== null && <Alert type="error" showIcon title={failure} />}
        {lines === null ? (
          <>
            <Typography.Text type="secondary">
              {t("各列：{{columns}}。例如：{{example}}", {
                columns: of.columns.join("、"),
                example: of.example,
              })}
            </Typography.Text>
            <Input.TextArea
              autoFocus
              aria-label={t("从电子表格粘贴的行")}
              placeholder={t("在这里粘贴从电子表格复制的行，一行一个；也可以用逗号隔开各格")}
              autoSize={{ minRows: 8, maxRows: 16 }}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </>
        ) : (
          <>
            {of.warns !== undefined && finished.length > 0 && (
              <Alert type="warning" showIcon title={of.warns} />
            )}
            <Typography.Text role="status">
              {t("共{{all}}行：已办{{done}}行，可以办{{open}}行，有问题不办的{{problems}}行。", {
                all: count(lines.length),
                done: count(finished.length),
                open: count(open.length),
                problems: count(problems.length),
              })}
            </Typography.Text>
            <Table<Line<Ready>>
              size="small"
              rowKey={({ row }) => row.line}
              dataSource={[...lines]}
              pagination={lines.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
              scroll={{ x: "max-content", y: 360 }}
              columns={[
                { title: t("行"), width: 48, align: "right", render: (_, { row }) => row.line },
                ...of.columns.map((title, column) => ({
                  title,
                  render: (_: unknown, { row }: Line<Ready>) => row.cells[column] || "—",
                })),
                {
                  title: of.result,
                  render: (_, line) =>
                    line.done === null ? (
                      <Typography.Text
                        type={line.refused === null && line.verdict.kind === "ready" ? "secondary" : "danger"}
                      >
                        {standing(line)}
                      </Typography.Text>
                    ) : (
                      line.done
                    ),
                },
              ]}
            />
          </>
        )}
      </Flex>
    </Modal>
  );
}

/** Why a row is not done. */
function standing({ verdict, refused }: Line<unknown>): string {
  if (verdict.kind === "problem") return t("不办：{{says}}", { says: verdict.says });
  return refused === null ? t("可以办") : t("没有办成：{{says}}", { says: refused });
}
