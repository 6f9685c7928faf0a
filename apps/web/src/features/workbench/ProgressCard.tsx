import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Select, Typography } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { callDue } from "../../ui/due-in.ts";
import { Failed } from "../../ui/Failed.tsx";
import { type Progress, progressBy, progressOfAll } from "./progress.ts";

const PARTS: readonly {
  readonly key: "approved" | "waiting" | "open" | "overdue";
  readonly title: string;
}[] = [
  { key: "approved", title: t("已审核") },
  { key: "waiting", title: t("已送审") },
  { key: "open", title: t("未送审") },
  { key: "overdue", title: t("逾期未送审") },
];

/** Bodies shown at first: those furthest behind. */
const SHOWN = 12;

/** How far the units are with a call for work, those furthest behind first. */
export function ProgressCard() {
  const [picked, setPicked] = useState<string>();
  const [isWhole, setWhole] = useState(false);
  const calls = useQuery({
    queryKey: ["calls", "open"],
    queryFn: async () =>
      (await call("listCalls", { query: { limit: "20" } })).body.items.filter(
        ({ closedAt }) => closedAt === null,
      ),
  });
  const current =
    calls.data?.find(({ id }) => id === picked) ??
    calls.data?.find(({ kind }) => kind === "self-evaluation") ??
    calls.data?.[0];
  const progress = useQuery({
    queryKey: ["call", current?.id],
    enabled: current !== undefined,
    queryFn: async () => (await call("getCall", { params: { call: current?.id ?? "" } })).body,
  });
  const isWide = new Set(progress.data?.units.map(({ department }) => department)).size > 1;
  const lines = useMemo(() => progressBy(progress.data?.units ?? []), [progress.data]);
  const all = progressOfAll(progress.data?.units ?? []);
  const waysTo = (line: Progress) =>
    `/forms?call=${current?.id}${line.id === "" ? "" : `&${isWide ? "department" : "unit"}=${line.id}`}`;
  const error = calls.error ?? progress.error;
  return (
    <Card
      size="small"
      title={isWide ? t("各部门的进度") : t("各单位的进度")}
      extra={
        current && (
          <Select
            size="small"
            aria-label={t("哪项工作的进度")}
            style={{ width: 240 }}
            value={current.id}
            onChange={setPicked}
            options={(calls.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          />
        )
      }
    >
      {error ? (
        <Failed error={error} />
      ) : !current && calls.data ? (
        <Empty description={t("还没有布置工作。布置以后，这里看得见每个单位送审、审核了多少。")} />
      ) : (
        <>
          <Typography.Paragraph type="secondary" style={{ marginBottom: 4 }}>
            {current ? callDue(current, Date.now()) : " "}
            {lines.length > 0 && <Legend />}
          </Typography.Paragraph>
          <ul className="progress-list">
            {lines.length > 1 && <Line line={{ ...all, name: t("合计") }} to={waysTo(all)} />}
            {(isWhole ? lines : lines.slice(0, SHOWN)).map((line) => (
              <Line key={line.id} line={line} to={waysTo(line)} />
            ))}
          </ul>
          {lines.length > SHOWN && !isWhole && (
            <Button size="small" onClick={() => setWhole(true)}>
              {t("列出全部{{n}}个", { n: lines.length })}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}

function Legend() {
  return (
    <span className="progress-legend">
      {PARTS.map(({ key, title }) => (
        <span key={key}>
          <i className={`part ${key}`} aria-hidden />
          {title}
        </span>
      ))}
    </span>
  );
}

function Line({ line, to }: { readonly line: Progress; readonly to: string }) {
  const parts = PARTS.filter(({ key }) => line[key] > 0);
  return (
    <li>
      <Link className="progress-name" to={to}>
        {line.name}
      </Link>
      <span className="progress-bar" aria-hidden>
        {parts.map(({ key }) => (
          <i key={key} className={`part ${key}`} style={{ flexGrow: line[key] }}>
            {line[key]}
          </i>
        ))}
      </span>
      <span className="progress-words">
        {t("{{forms}}张：{{parts}}", {
          forms: line.forms,
          parts: parts.map(({ key, title }) => `${title} ${line[key]}`).join("、"),
        })}
      </span>
    </li>
  );
}
