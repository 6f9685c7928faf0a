import { ANSWER_TITLES, type ReturnAnswer } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Input, Radio, Spin, Table, Tag, Typography } from "antd";
import { memo, useState } from "react";
import { call } from "../api/client.ts";
import type { Answered } from "../api/operations-of.ts";
import { t } from "../i18n/words.ts";
import { Failed } from "./Failed.tsx";
import { moment } from "./figures.ts";
import { answeredOf } from "./returns.ts";
import { SectionTitle } from "./SectionTitle.tsx";
import { useCommand } from "./use-command.ts";
import "./returns.css";

type Round = Answered<"listReturns">["returns"][number];
type Opinion = Round["opinions"][number];
type Change = Round["otherChanges"][number];

const SHORTEST = 4;

/** The returns of a form; `revision` so that what changed is asked again after a save. */
export function useReturns(submission: string, revision: number, enabled = true) {
  return useQuery({
    queryKey: ["returns", submission, revision],
    queryFn: async () => (await call("listReturns", { params: { submission } })).body.returns,
    placeholderData: (before) => before,
    enabled,
  });
}

/** The last return point by point: opinion, what the unit answers, what changed at its cells since; earlier ones folded beneath. Not drawn again while somebody types. */
export const ReturnRounds = memo(function ReturnRounds({
  submission,
  revision,
  canAnswer,
  onGo,
}: {
  readonly submission: string;
  readonly revision: number;
  readonly canAnswer: boolean;
  readonly onGo?: (at: string) => void;
}) {
  const { data, error, refetch } = useReturns(submission, revision);
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin />;
  const [last, ...earlier] = data;
  if (!last) return null;
  return (
    <Card
      size="small"
      className="no-print"
      title={<SectionTitle>{t("退回意见和答复")}</SectionTitle>}
      extra={<Progress round={last} />}
    >
      <Flex vertical gap="small">
        <RoundTable submission={submission} round={last} canAnswer={canAnswer} {...(onGo ? { onGo } : {})} />
        {earlier.length > 0 && (
          <details>
            <summary>{t("更早的{{n}}次退回", { n: earlier.length })}</summary>
            <Flex vertical gap="small">
              {earlier.map((round) => (
                <RoundTable key={round.returned} submission={submission} round={round} canAnswer={false} />
              ))}
            </Flex>
          </details>
        )}
      </Flex>
    </Card>
  );
});

function Progress({ round }: { readonly round: Round }) {
  const { opinions, answered, open } = answeredOf(round);
  return (
    <Typography.Text type={open > 0 ? "warning" : "secondary"} role="status">
      {open > 0
        ? t("{{opinions}}条意见，{{open}}条还没有答复", { opinions, open })
        : t("{{opinions}}条意见，{{answered}}条已答复", { opinions, answered })}
    </Typography.Text>
  );
}

function RoundTable({
  submission,
  round,
  canAnswer,
  onGo,
}: {
  readonly submission: string;
  readonly round: Round;
  readonly canAnswer: boolean;
  readonly onGo?: (at: string) => void;
}) {
  const { returned, at, byName, reason, resubmittedAt, opinions, otherChanges, changesKnown } = round;
  // Words that stand around the points are shown too: nothing a reviewer wrote is lost.
  const hasMore = reason.replace(/\s/g, "") !== opinions.map(({ says }) => says.replace(/\s/g, "")).join("");
  return (
    <Flex vertical gap={4}>
      <Typography.Text type="secondary">
        {t("{{byName}}于{{at}}退回", { byName, at: moment(at) })}
        {resubmittedAt !== null && `；${t("{{at}}再次送审", { at: moment(resubmittedAt) })}`}
      </Typography.Text>
      {hasMore && (
        <details>
          <summary>{t("退回意见全文")}</summary>
          <div style={{ whiteSpace: "pre-line" }}>{reason}</div>
        </details>
      )}
      <Table<Opinion>
        size="small"
        bordered
        rowKey="opinion"
        aria-label={t("退回意见、答复和改动")}
        pagination={false}
        scroll={{ x: 860 }}
        dataSource={[...opinions]}
        columns={[
          {
            title: t("退回意见"),
            key: "opinion",
            width: "38%",
            render: (_, { opinion, says, cells, stillFound }) => (
              <>
                <div>
                  {opinion}. {says}
                </div>
                {cells.length > 0 && (
                  <Flex wrap gap={4} align="baseline">
                    <Typography.Text type="secondary">{t("所指：")}</Typography.Text>
                    {cells.map(({ at: cell, title }) =>
                      onGo ? (
                        <Button
                          key={cell}
                          type="link"
                          size="small"
                          style={{ padding: 0 }}
                          onClick={() => onGo(cell)}
                        >
                          {title}
                        </Button>
                      ) : (
                        <Typography.Text key={cell} type="secondary">
                          {title}
                        </Typography.Text>
                      ),
                    )}
                  </Flex>
                )}
                {stillFound !== null && (
                  <Tag color={stillFound ? "warning" : "success"}>
                    {stillFound ? t("这个问题现在还查得到") : t("这个问题已经查不到")}
                  </Tag>
                )}
              </>
            ),
          },
          {
            title: t("单位答复"),
            key: "answer",
            width: "34%",
            render: (_, opinion) =>
              canAnswer ? (
                <AnswerField submission={submission} returned={returned} opinion={opinion} />
              ) : (
                <Given answer={opinion.answer} />
              ),
          },
          {
            title: t("退回后这里改了什么"),
            key: "changes",
            render: (_, { changes, cells }) =>
              changes.length > 0 ? (
                <Changes changes={changes} />
              ) : (
                <Typography.Text type="secondary">
                  {changesKnown
                    ? cells.length > 0
                      ? t("没有改动")
                      : t("意见没有指明是哪一格，改动见下面")
                    : t("查不到退回的是哪一版，改动列不出")}
                </Typography.Text>
              ),
          },
        ]}
      />
      {otherChanges.length > 0 && (
        <details>
          <summary>{t("退回后别处还改了{{cells}}格", { cells: otherChanges.length })}</summary>
          <Changes changes={otherChanges} />
        </details>
      )}
    </Flex>
  );
}

function Given({ answer }: Pick<Opinion, "answer">) {
  if (!answer) return <Typography.Text type="warning">{t("没有答复")}</Typography.Text>;
  return (
    <>
      <Tag>{t(ANSWER_TITLES[answer.answer])}</Tag>
      {answer.words}
      <br />
      <Typography.Text type="secondary">
        {answer.byName}　{moment(answer.at)}
      </Typography.Text>
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul className="cell-changes">
      {changes.map(({ at, title, from, to }) => (
        <li key={at}>
          {title}：<del>{from ?? t("（空）")}</del> → <ins>{to ?? t("（空）")}</ins>
        </li>
      ))}
    </ul>
  );
}

function AnswerField({
  submission,
  returned,
  opinion: { opinion, answer: given, stillFound, says },
}: {
  readonly submission: string;
  readonly returned: string;
  readonly opinion: Opinion;
}) {
  const [answer, setAnswer] = useState<ReturnAnswer | null>(given?.answer ?? null);
  const [words, setWords] = useState(given?.words ?? "");
  const save = useCommand(
    () =>
      call("answerReturn", {
        params: { submission },
        body: { returned, opinion, answer: answer ?? "changed", words: words.trim() || null },
      }),
    { said: () => t("答复已记录，随表送审。"), refreshes: ["returns", "history"] },
  );
  const isSame = given?.answer === answer && (given?.words ?? "") === words.trim();
  const written = words.trim().length;
  const isTooShort = (answer === "explained" || written > 0) && written < SHORTEST;
  return (
    <Flex vertical gap={4}>
      <Radio.Group
        aria-label={t("答复第{{opinion}}条：{{says}}", { opinion, says })}
        value={answer}
        onChange={({ target }) => setAnswer(target.value as ReturnAnswer)}
        options={(Object.entries(ANSWER_TITLES) as [ReturnAnswer, string][]).map(([value, title]) => ({
          value,
          label: t(title),
        }))}
      />
      {answer !== null && (
        <Input.TextArea
          aria-label={t("第{{opinion}}条的说明", { opinion })}
          placeholder={
            answer === "explained" ? t("为什么不改（必填，至少四个字）") : t("怎么改的（可以不填）")
          }
          autoSize={{ minRows: 1, maxRows: 6 }}
          maxLength={2000}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
      )}
      {answer === "changed" && stillFound === true && (
        <Alert type="warning" showIcon title={t("按现在的内容，这个问题还查得到。")} />
      )}
      <Flex gap="small" align="center">
        <Button
          size="small"
          disabled={answer === null || isSame || isTooShort}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("记录答复")}
        </Button>
        {given && (
          <Typography.Text type="secondary">
            {isSame
              ? t("{{byName}}{{at}}已答复", { byName: given.byName, at: moment(given.at) })
              : t("改动还没有记录")}
          </Typography.Text>
        )}
      </Flex>
    </Flex>
  );
}
