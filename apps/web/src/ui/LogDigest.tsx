import { EVENT_TITLES } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { call } from "../api/client.ts";
import { t } from "../i18n/words.ts";
import { chinaDay } from "./china-day.ts";
import { Failed } from "./Failed.tsx";
import { count, moment } from "./figures.ts";

const DAYS = 30;

/** What an auditor looks at first: how far the chain is verified, what is out of the ordinary, what was done in bulk. */
export function LogDigest() {
  const { data, error, refetch } = useQuery({
    queryKey: ["log", "digest"],
    queryFn: async () => (await call("getLogDigest", { query: { days: String(DAYS) } })).body,
  });
  if (error) return <Failed error={error} again={refetch} />;
  // Its place is kept while it is read: the list below must not jump.
  if (!data) return <div style={{ minHeight: 72 }} aria-busy />;
  const day = chinaDay(new Date(data.from));
  const { verified } = data;
  return (
    <section aria-label={t("日志概况")} style={{ minHeight: 72 }}>
      <Typography.Paragraph style={{ marginBottom: 4 }}>
        {verified
          ? t("共{{all}}条。{{by}}于{{at}}校验过，完整；其后又有{{since}}条。", {
              all: count(data.events),
              by: verified.by,
              at: moment(verified.at),
              since: count(data.sinceVerified),
            })
          : t("共{{all}}条，还没有校验过。", { all: count(data.events) })}
      </Typography.Paragraph>
      <Line says={t("近{{days}}天值得留意的：", { days: DAYS })} none={t("没有。")}>
        {data.counts.map(({ type, events }) => (
          <Link key={type} to={`/log?type=${type}&from=${day}`}>
            {t("{{title}}，{{n}}条", { title: eventTitle(type), n: count(events) })}
          </Link>
        ))}
      </Line>
      <Line says={t("近{{days}}天一次办理二十条以上的：", { days: DAYS })} none={t("没有。")}>
        {data.bulk.map(({ type, actor, actorName, at, events }) => (
          <Link
            key={`${type} ${at} ${actor}`}
            to={`/log?type=${type}&from=${chinaDay(new Date(at))}&to=${chinaDay(new Date(at))}${actor ? `&actor=${actor}` : ""}`}
          >
            {t("{{day}} {{who}}：{{title}}，{{n}}条", {
              day: chinaDay(new Date(at)),
              who: actorName,
              title: eventTitle(type),
              n: count(events),
            })}
          </Link>
        ))}
      </Line>
    </section>
  );
}

/** What an event is called; of a kind a newer server knows, its own name. */
export function eventTitle(type: string): string {
  return t((EVENT_TITLES as Readonly<Record<string, string>>)[type] ?? type);
}

function Line({
  says,
  none,
  children,
}: {
  readonly says: string;
  readonly none: string;
  readonly children: readonly ReactNode[];
}) {
  return (
    <Flex gap="small" wrap>
      <Typography.Text type="secondary">{says}</Typography.Text>
      {children.length > 0 ? children : <Typography.Text type="secondary">{none}</Typography.Text>}
    </Flex>
  );
}
