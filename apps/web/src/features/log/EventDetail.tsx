import { Collapse, Typography } from "antd";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";

type Event = Answered<"listEvents">["items"][number];

/** What an event says, in words; what the log keeps of it, letter by letter, stands folded below. */
export function EventDetail({ event }: { readonly event: Event }) {
  const { facts, body, sha256, sm3 } = event;
  return (
    <>
      {facts.length === 0 ? (
        <Typography.Text type="secondary">{t("这一条没有更多内容。")}</Typography.Text>
      ) : (
        <dl className="event-body">
          {facts.map(({ name, isChange, before, value }, index) => (
            <div key={`${index} ${name}`}>
              <dt>{t(name)}</dt>
              <dd style={{ whiteSpace: "pre-line" }}>
                {isChange
                  ? t("{{before}} → {{value}}", {
                      before: before ? t(before) : t("空"),
                      value: value ? t(value) : t("空"),
                    })
                  : value === null
                    ? t("无")
                    : t(value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Collapse
        size="small"
        ghost
        items={[
          {
            key: "raw",
            label: t("原始数据和摘要"),
            children: (
              <>
                <pre className="event-raw">{JSON.stringify(body, null, 2)}</pre>
                <Typography.Text type="secondary" style={{ overflowWrap: "anywhere" }}>
                  SHA-256 {sha256}　SM3 {sm3}
                </Typography.Text>
              </>
            ),
          },
        ]}
      />
    </>
  );
}
