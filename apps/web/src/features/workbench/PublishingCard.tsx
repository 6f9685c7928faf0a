import { useQuery } from "@tanstack/react-query";
import { Button, Card, Empty, Typography } from "antd";
import { Link } from "react-router";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { count } from "../../ui/figures.ts";

/** What is approved and not public yet, year by year. Nothing here is late: the deadline of a form is that of handing it in. */
export function PublishingCard() {
  const { data, error, refetch } = useQuery({
    queryKey: ["workbench", "publishing"],
    queryFn: async () => (await call("getWorkbench", { query: { limit: "1" } })).body.counts,
  });
  if (error) return <Failed error={error} again={refetch} />;
  const years = [...Map.groupBy(data ?? [], ({ year }) => year)].map(([year, counts]) => ({
    year,
    forms: counts.reduce((sum, { forms }) => sum + forms, 0),
  }));
  const newest = years[0];
  return (
    <Card
      size="small"
      title={t("待公开")}
      loading={!data}
      extra={
        newest && (
          <Link to={`/publication?year=${newest.year}`}>
            <Button type="primary">{t("办理{{year}}年的", { year: newest.year })}</Button>
          </Link>
        )
      }
    >
      {newest ? (
        <>
          <Typography.Paragraph>{t("审核通过、还没有公开也没有登记不予公开的自评表：")}</Typography.Paragraph>
          <ul>
            {years.map(({ year, forms }) => (
              <li key={year}>
                <Link to={`/publication?year=${year}`}>
                  {t("{{year}}年，{{forms}}张", { year, forms: count(forms) })}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Empty description={t("没有待公开的表。自评表审核通过后会出现在这里。")} />
      )}
    </Card>
  );
}
