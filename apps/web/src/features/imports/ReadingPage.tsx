import { useQuery } from "@tanstack/react-query";
import { Button, Collapse, Flex, Skeleton, Tabs, Tag, Typography } from "antd";
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useSession } from "../session/index.ts";
import { CorrectField } from "./CorrectField.tsx";
import { Scores } from "./ImportPage.tsx";
import { OriginalView } from "./OriginalView.tsx";
import { QuestionList, type Said } from "./QuestionList.tsx";
import { ReadingView } from "./ReadingView.tsx";
import { cellFor, questionsOf, type Reading, textAt, waysOf } from "./reading.ts";
import { SettleBar } from "./SettleBar.tsx";
import { FORM_KINDS } from "./titles.ts";
import "./imports.css";

type Tab = "questions" | "reading" | "findings";

/** One form of a file: what was read beside the original, with the questions of the reader and what the rules say, before it is settled. */
export function ReadingPage() {
  const route = useParams();
  const params = {
    import: route.import ?? "",
    position: route.position ?? "",
    form: route.form ?? "",
  };
  const { data, error, refetch } = useQuery({
    queryKey: ["reading", params.import, params.position, params.form],
    queryFn: async () => (await call("readImportedForm", { params })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data)
    return (
      <Flex vertical gap="small">
        <PageHead title={t("与原件核对")} says={t("正在读取")} />
        <Skeleton active title={false} paragraph={{ rows: 12 }} />
      </Flex>
    );
  return <Beside key={`${params.position}/${params.form}`} reading={data} params={params} />;
}

function Beside({
  reading,
  params,
}: {
  readonly reading: Reading;
  readonly params: { readonly import: string; readonly position: string; readonly form: string };
}) {
  const { profile } = useSession();
  const { line, form, review, original } = reading;
  const questions = questionsOf(reading);
  const open = questions.filter(({ answer }) => answer === null);
  const [selected, setSelected] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>(open.length > 0 ? "questions" : "reading");
  const ways = useMemo(() => waysOf(original.spots), [original]);
  const cellsOf = (places: readonly (string | null)[]) =>
    new Set(places.flatMap((place) => (place === null ? [] : (cellFor(ways, place) ?? []))));
  const questioned = cellsOf(open.map(({ place }) => place));
  const found = cellsOf(review.findings.flatMap(({ at }) => at));
  const say = useCommand(async (said: Said) => call("answerImportNotes", { params, body: said }), {
    refreshes: ["reading", "import"],
  });
  const isOpen = line.outcome.kind === "unsettled";
  const bodies = (profile?.grants ?? []).map(({ organisation: id, organisationName: name }) => ({
    id,
    name,
  }));
  const corrected = new Set(
    line.answers.flatMap(({ kind, place }) => (kind === "corrected" && place !== null ? [place] : [])),
  );
  const foundAt = new Set(review.findings.flatMap(({ at }) => at));
  const classOf = (place: string) =>
    [
      open.some((question) => question.place === place) ? "questioned" : "",
      foundAt.has(place) ? "found" : "",
      corrected.has(place) ? "corrected" : "",
      selected === place ? "picked" : "",
    ]
      .filter(Boolean)
      .join(" ");
  const { must, should, hint } = countsOf(review.findings);
  return (
    <Flex vertical gap="small">
      <PageHead
        title={form.project ?? t("第{{index}}张表（没有项目名称）", { index: line.index + 1 })}
        says={[
          reading.file,
          line.kind ? FORM_KINDS[line.kind] : t("认不出种类"),
          form.year ? t("{{year}}年", { year: form.year }) : null,
          form.unit,
        ]
          .filter(Boolean)
          .join(" · ")}
      >
        <Around params={params} />
        <a
          href={addressOf("downloadOriginal", {
            params: { import: params.import, position: params.position },
          })}
          download
        >
          {t("下载原件")}
        </a>
      </PageHead>
      <SettleBar
        // Placed anew, what was picked for the place before is not carried on.
        key={line.outcome.kind === "unsettled" ? line.outcome.says : line.outcome.kind}
        reading={reading}
        open={open.length}
        params={params}
        bodies={bodies}
        onSettled={() => setTab("reading")}
      />
      <div className="beside">
        <div>
          <Flex gap="middle" align="baseline" className="pane-head">
            <SectionTitle>{t("原件")}</SectionTitle>
            <Legend unplaced={original.unplaced.map((place) => reading.titles[place] ?? place)} />
          </Flex>
          <OriginalView
            original={original}
            ways={ways}
            marks={{
              questioned,
              found,
              corrected: cellsOf([...corrected]),
              selected: selected === null ? null : cellFor(ways, selected),
            }}
            onPick={(place) => {
              setSelected(place);
              setTab("reading");
            }}
          />
        </div>
        <div>
          <Tabs
            size="small"
            activeKey={tab}
            onChange={(key) => setTab(key as Tab)}
            tabBarStyle={{ margin: 0, height: 28 }}
            items={[
              {
                key: "questions",
                label: open.length > 0 ? t("待确认（{{open}}）", { open: open.length }) : t("待确认"),
                children: (
                  <div className="reading-box">
                    <QuestionList
                      reading={reading}
                      questions={questions}
                      isOpen={isOpen}
                      isBusy={say.isPending}
                      onPick={setSelected}
                      onSay={say.mutate}
                    />
                  </div>
                ),
              },
              {
                key: "reading",
                label: t("读出的内容"),
                children: (
                  <div className="reading-box">
                    {selected !== null && (
                      <Picked
                        key={`${selected} ${textAt(form, selected)}`}
                        reading={reading}
                        place={selected}
                        isOpen={isOpen}
                        isCorrected={corrected.has(selected)}
                        isBusy={say.isPending}
                        onSay={say.mutate}
                      />
                    )}
                    <ReadingView
                      form={form}
                      titles={reading.titles}
                      selected={selected}
                      classOf={classOf}
                      onPick={setSelected}
                    />
                  </div>
                ),
              },
              {
                key: "findings",
                label: t("审核（{{found}}）", { found: must + should + hint }),
                children: (
                  <div className="reading-box">
                    <Findings reading={reading} onPick={setSelected} />
                  </div>
                ),
              },
            ]}
          />
        </div>
      </div>
    </Flex>
  );
}

function countsOf(findings: Reading["review"]["findings"]) {
  const of = (force: string) => findings.filter((finding) => finding.force === force).length;
  return { must: of("must"), should: of("should"), hint: of("hint") };
}

/** The forms before and after in the same import. */
function Around({
  params,
}: {
  readonly params: { readonly import: string; readonly position: string; readonly form: string };
}) {
  const { data } = useQuery({
    queryKey: ["import", params.import],
    queryFn: async () => (await call("getImport", { params: { import: params.import } })).body,
  });
  const all = (data?.items ?? []).flatMap(({ position, forms }) =>
    forms.map(({ index }) => ({ position, index })),
  );
  const at = all.findIndex(
    ({ position, index }) => String(position) === params.position && String(index) === params.form,
  );
  const to = (each: (typeof all)[number]) => `/imports/${params.import}/${each.position}/${each.index}`;
  const [before, after] = [all[at - 1], all[at + 1]];
  return (
    <>
      {before && <Link to={to(before)}>{t("上一张")}</Link>}
      {at >= 0 && (
        <Typography.Text type="secondary">
          {t("第{{at}}张，共{{all}}张", { at: at + 1, all: all.length })}
        </Typography.Text>
      )}
      {after && <Link to={to(after)}>{t("下一张")}</Link>}
      <Link to={`/imports/${params.import}`}>{t("这次导入")}</Link>
    </>
  );
}

function Legend({ unplaced }: { readonly unplaced: readonly string[] }) {
  return (
    <div className="legend">
      <span className="read">{t("读到的")}</span>
      <span className="questioned">{t("? 待确认")}</span>
      <span className="found">{t("! 有问题")}</span>
      <span className="corrected">{t("更正过")}</span>
      {unplaced.length > 0 && (
        <Typography.Text type="warning">
          {t("在原件中没有对上的：{{places}}", { places: unplaced.slice(0, 8).join("、") })}
        </Typography.Text>
      )}
    </div>
  );
}

/** The place that is looked at: what the file says, what was read, and a way to correct it. */
function Picked({
  reading: { form, titles, correctable },
  place,
  isOpen,
  isCorrected,
  isBusy,
  onSay,
}: {
  readonly reading: Reading;
  readonly place: string;
  readonly isOpen: boolean;
  readonly isCorrected: boolean;
  readonly isBusy: boolean;
  readonly onSay: (said: Said) => void;
}) {
  const raw = form.origins[place]?.raw;
  const title = titles[place] ?? place;
  return (
    <div className="picked-place" role="status">
      <strong>{title}</strong>
      <div>
        {raw === undefined
          ? t("原件中没有这一格。")
          : raw.trim() === ""
            ? t("原件中这一格是空的。")
            : t("原件“{{raw}}”，读作“{{text}}”。", {
                raw: raw.length > 60 ? `${raw.slice(0, 60)}…` : raw,
                text: clipped(textAt(form, place)),
              })}
      </div>
      {isOpen && correctable.includes(place) && (
        <Flex gap="small" align="center" wrap>
          <CorrectField
            place={place}
            label={t("{{title}}更正为", { title })}
            was={textAt(form, place)}
            isBusy={isBusy}
            onCorrect={(to) => onSay({ action: "correct", note: null, place, to })}
          />
          {isCorrected && (
            <Button
              size="small"
              type="link"
              disabled={isBusy}
              onClick={() => onSay({ action: "take-back", note: null, place })}
            >
              {t("撤回更正")}
            </Button>
          )}
        </Flex>
      )}
      {isOpen && !correctable.includes(place) && (
        <Typography.Text type="secondary">
          {t("这一处由归入的项目决定，或在归入后的表中更正。")}
        </Typography.Text>
      )}
    </div>
  );
}

const clipped = (text: string): string =>
  text === "" ? t("空") : text.length > 60 ? `${text.slice(0, 60)}…` : text;

const FORCES = {
  must: { color: "error", title: t("必须更正") },
  should: { color: "warning", title: t("应当说明") },
  hint: { color: "default", title: t("提示") },
} as const;

function Findings({
  reading: { review, form, titles },
  onPick,
}: {
  readonly reading: Reading;
  readonly onPick: (place: string) => void;
}) {
  const order = ["must", "should", "hint"];
  const findings = review.findings.toSorted((a, b) => order.indexOf(a.force) - order.indexOf(b.force));
  const total = { totalScore: form.totalScore, recomputed: recomputedOf(review) };
  return (
    <>
      <div>
        {t("总分")} <Scores {...total} />
        <Typography.Text type="secondary"> {review.policy.title}</Typography.Text>
      </div>
      <Typography.Text type="secondary">
        {t("这里只看这张表自身。与以前年度、已批复目标、财政数据、佐证材料的比较，归入项目后进行。")}
      </Typography.Text>
      {findings.length === 0 && <p>{t("没有发现问题")}</p>}
      <ul className="questions">
        {findings.map(({ fingerprint, force, code, message, remedy, at: [first] }) => (
          <li key={fingerprint}>
            <Flex gap="small" align="baseline" justify="space-between">
              <span>
                <Tag color={FORCES[force].color}>{FORCES[force].title}</Tag>
                <Typography.Text type="secondary">{code}</Typography.Text>
              </span>
              {first !== undefined && (
                <Button
                  size="small"
                  type="link"
                  aria-label={t("看原件：{{title}}", { title: titles[first] ?? first })}
                  onClick={() => onPick(first)}
                >
                  {t("看原件")}
                </Button>
              )}
            </Flex>
            <div>{message}</div>
            <Typography.Text type="secondary">{remedy}</Typography.Text>
          </li>
        ))}
      </ul>
      <Collapse
        ghost
        size="small"
        items={[
          ...(review.unclear.length > 0
            ? [
                {
                  key: "unclear",
                  label: t("{{places}}处规则看不准，请人看", { places: review.unclear.length }),
                  children: (
                    <ul className="questions">
                      {review.unclear.map(({ code, why, at: [first] }) => (
                        <li key={`${code} ${first} ${why}`}>
                          <Typography.Text type="secondary">{code}</Typography.Text> {why}{" "}
                          {first !== undefined && (
                            <Button size="small" type="link" onClick={() => onPick(first)}>
                              {t("看原件")}
                            </Button>
                          )}
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(review.notChecked.length > 0
            ? [
                {
                  key: "not-checked",
                  label: t("{{rules}}条规则没有条件检查", { rules: review.notChecked.length }),
                  children: (
                    <ul>
                      {review.notChecked.map(({ code, why }) => (
                        <li key={`${code} ${why}`}>
                          {code} {why}
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function recomputedOf({ marks: { total } }: Reading["review"]): [string | null, string | null] {
  if (total.kind === "number") return [total.value, total.value];
  if (total.kind === "bounds") return total.between ?? [null, null];
  return [null, null];
}
