import { Button, Collapse, Empty, Flex, Popconfirm, Tag, Typography } from "antd";
import { useEffect, useRef } from "react";
import { t } from "../../i18n/words.ts";
import { moment } from "../../ui/figures.ts";
import { CorrectField } from "./CorrectField.tsx";
import { cellsOfNote, type Question, type Reading, textAt } from "./reading.ts";

/** What a person said about a question. */
export type Said =
  | { readonly action: "accept"; readonly notes: number[] }
  | {
      readonly action: "correct";
      readonly note: number | null;
      readonly place: string;
      readonly to: string | null;
    }
  | { readonly action: "take-back"; readonly note: number | null; readonly place: string | null };

/** The notes of the reader as questions: take what was read as right, or correct it; each stays answered. */
export function QuestionList({
  reading,
  questions,
  isOpen,
  isBusy,
  onPick,
  onSay,
}: {
  readonly reading: Reading;
  readonly questions: readonly Question[];
  /** Whether the form still waits: afterwards answers are history. */
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly onPick: (place: string) => void;
  readonly onSay: (said: Said) => void;
}) {
  const { line } = reading;
  const guessed = questions.filter(({ answer, level }) => answer === null && level === "guessed");
  const kinds = [...Map.groupBy(guessed, ({ note }) => line.notes[note]?.code ?? "")].filter(
    ([, alike]) => alike.length > 1 && alike.length < guessed.length,
  );
  const answered = questions.filter(({ answer }) => answer !== null).length;
  const list = useRef<HTMLOListElement>(null);
  const progress = useRef<HTMLDivElement>(null);
  const before = useRef(answered);
  useEffect(() => {
    // The button that was pressed is gone: whoever works by keyboard goes on with the next question, or hears that it was the last.
    if (answered > before.current && (document.activeElement === document.body || !document.activeElement))
      (list.current?.querySelector<HTMLElement>("li[data-open]") ?? progress.current)?.focus();
    before.current = answered;
  }, [answered]);
  const notation = line.notes.filter(({ level }) => level === "normalised");
  return (
    <>
      {questions.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("每一格都读得明白，没有需要确认的。")} />
      )}
      {questions.length > 0 && (
        <div ref={progress} role="status" tabIndex={-1}>
          {t("已确认 {{answered}} / {{all}}", { answered, all: questions.length })}
        </div>
      )}
      {isOpen &&
        kinds.map(([code, alike]) => (
          <Popconfirm
            key={code}
            title={t("确认同类的{{notes}}处都读得对？", { notes: alike.length })}
            description={
              <ul className="left-out">
                {alike.map(({ note, title, says }) => (
                  <li key={note}>
                    {title ?? t("整张表")}：{says}
                  </li>
                ))}
              </ul>
            }
            okText={t("都读得对")}
            onConfirm={() => onSay({ action: "accept", notes: alike.map(({ note }) => note) })}
          >
            <Button size="small" disabled={isBusy} className="alike">
              {t("同类的{{notes}}处一起确认：{{says}}", {
                notes: alike.length,
                says: `${alike[0]?.says.slice(0, 24) ?? ""}…`,
              })}
            </Button>
          </Popconfirm>
        ))}
      {isOpen && guessed.length > 1 && (
        <Button
          size="small"
          loading={isBusy}
          onClick={() => onSay({ action: "accept", notes: guessed.map(({ note }) => note) })}
        >
          {t("看过原件，其余{{notes}}处猜测都对", { notes: guessed.length })}
        </Button>
      )}
      <ol ref={list} className="questions">
        {questions.map((question) => (
          <li key={question.note} tabIndex={-1} {...(question.answer === null ? { "data-open": "" } : {})}>
            <Ask {...{ question, reading, isOpen, isBusy, onPick, onSay }} />
          </li>
        ))}
      </ol>
      {notation.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: "notation",
              label: t("另有{{notes}}处只改了写法，不用确认", { notes: notation.length }),
              children: (
                <ul>
                  {notation.map(({ code, place, says }) => (
                    <li key={`${code} ${place}`}>
                      {place === null ? says : `${reading.titles[place] ?? place}：${says}`}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

function Ask({
  question: { note, place, title, level, says, answer },
  reading,
  isOpen,
  isBusy,
  onPick,
  onSay,
}: {
  readonly question: Question;
  readonly reading: Reading;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly onPick: (place: string) => void;
  readonly onSay: (said: Said) => void;
}) {
  const cells = place === null ? [] : cellsOfNote(place, reading.correctable);
  const own = place !== null && cells.includes(place) ? place : null;
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" align="baseline" justify="space-between">
        <span>
          <Tag color={level === "lost" ? "error" : "warning"}>
            {level === "lost" ? t("没有读到") : t("猜测")}
          </Tag>
          <strong>{title ?? t("整张表")}</strong>
        </span>
        {place !== null && (
          <Button size="small" type="link" onClick={() => onPick(place)}>
            {t("看原件")}
          </Button>
        )}
      </Flex>
      <div>{says}</div>
      {answer !== null ? (
        <Flex gap="small" align="center" wrap>
          <Typography.Text type="secondary">
            {answer.kind === "accepted"
              ? t("{{name}}于{{at}}确认读得对", { name: answer.byName, at: moment(answer.at) })
              : t("{{name}}于{{at}}更正为“{{to}}”", {
                  name: answer.byName,
                  at: moment(answer.at),
                  to: answer.to ?? t("空"),
                })}
          </Typography.Text>
          {isOpen && (
            <Button
              size="small"
              type="link"
              disabled={isBusy}
              onClick={() => onSay({ action: "take-back", note: answer.note, place: answer.place })}
            >
              {t("撤回")}
            </Button>
          )}
        </Flex>
      ) : (
        isOpen && (
          <Flex gap="small" align="center" wrap>
            <Button size="small" disabled={isBusy} onClick={() => onSay({ action: "accept", notes: [note] })}>
              {level === "lost" ? t("看过，就是这样") : t("读得对")}
            </Button>
            {own !== null && (
              <CorrectField
                key={own}
                place={own}
                label={t("{{title}}更正为", { title: title ?? "" })}
                was={textAt(reading.form, own)}
                isBusy={isBusy}
                onCorrect={(to) => onSay({ action: "correct", note, place: own, to })}
              />
            )}
            {own === null && cells.length > 0 && (
              <Typography.Text type="secondary">
                {t("不对的，在“读出的内容”里点那一格更正，然后回来确认。")}
              </Typography.Text>
            )}
          </Flex>
        )
      )}
    </Flex>
  );
}
