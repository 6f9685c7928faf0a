import { KIND_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Button, Card, Tag, Typography } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";

const SHOWN = "6";
const SOON = "14";

/** What was returned of late, with the reason that was given. */
export function ReturnsCard() {
  const { data, error } = useQuery({
    queryKey: ["submissions", "returned"],
    queryFn: async () =>
      (await call("listSubmissions", { query: { state: "returned", sort: "updated", limit: SHOWN } })).body
        .items,
  });
  if (error) return <Failed error={error} />;
  if (!data || data.length === 0) return null;
  return (
    <Card size="small" title={t("最近退回的")}>
      <ul className="note-list">
        {data.map(({ id, projectName, year, kind, returnReason, updatedAt }) => (
          <li key={id}>
            <Link to={`/forms/${id}`}>{projectName}</Link>{" "}
            <Typography.Text type="secondary">
              {t("{{year}}年", { year })}　{t(KIND_TITLES[kind])}　{moment(updatedAt)}
            </Typography.Text>
            <br />
            {returnReason ?? t("没有写理由")}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What is overdue or due soon and not handed in. */
export function RemindersCard() {
  const { data, error } = useQuery({
    queryKey: ["reminders"],
    queryFn: async () => (await call("listReminders", { query: { days: SOON, limit: SHOWN } })).body,
  });
  if (error) return <Failed error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <Card size="small" title={t("快到期和逾期的")}>
      <ul className="note-list">
        {data.items.map(({ id, projectName, unitName, standing, overdue, daysLeft }) => (
          <li key={id}>
            <Tag color={overdue ? "error" : "warning"}>
              {overdue ? t("逾期{{n}}天", { n: -daysLeft }) : t("还有{{n}}天", { n: daysLeft })}
            </Tag>
            <Link to={`/forms/${id}`}>{projectName}</Link>
            <br />
            <Typography.Text type="secondary">
              {unitName}，{standing}
            </Typography.Text>
          </li>
        ))}
      </ul>
      {data.next !== null && (
        <Typography.Text type="secondary">{t("还有更多，到期早的排在前面。")}</Typography.Text>
      )}
    </Card>
  );
}

const KEPT = "jiheng.guide-known";

/** For whoever fills in a form for the first time: a way to learn it on a form that does not count. */
export function GuideCard() {
  const [isKnown, setKnown] = useState(() => localStorage.getItem(KEPT) === "yes");
  if (isKnown) return null;
  return (
    <Card size="small" title={t("第一次填自评表？")}>
      <Typography.Paragraph>
        {t("用一张虚构的表练两分钟：怎么填、系统怎么提示、问题怎么改。练习的内容不会保存。")}
      </Typography.Paragraph>
      <Link to="/forms/guide">
        <Button>{t("开始练习")}</Button>
      </Link>{" "}
      <Button
        type="text"
        onClick={() => {
          localStorage.setItem(KEPT, "yes");
          setKnown(true);
        }}
      >
        {t("我会填，不再显示")}
      </Button>
    </Card>
  );
}
