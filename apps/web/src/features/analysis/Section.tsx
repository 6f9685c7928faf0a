import { useQuery } from "@tanstack/react-query";
import { Empty, Flex, Spin } from "antd";
import type { ReactNode } from "react";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";

/** What a section needs and what it draws of it: waits, refusals and the absence of forms look the same everywhere. */
export function Section<Answer extends { readonly forms?: number }>({
  name,
  of,
  ask,
  children,
}: {
  readonly name: string;
  /** Whatever the answer depends on. */
  readonly of: unknown;
  readonly ask: () => Promise<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}) {
  const { data, error, refetch } = useQuery({ queryKey: ["analysis", name, of], queryFn: ask });
  if (error) return <Failed error={error} again={refetch} />;
  if (!data) return <Spin className="page-waits" />;
  if (data.forms === 0)
    return (
      <Empty description={t("这一年还没有这样的自评表。换一个年度，或把“计入哪些表”放宽到已开始填写的。")} />
    );
  return (
    <Flex vertical gap="middle">
      {children(data)}
    </Flex>
  );
}

/** Roll-ups that were not counted, in words; nothing where there are none. */
export function rollupNote(rollups: number): string[] {
  return rollups > 0 ? [t("{{n}}张汇总表没有计入，其项目已分别计入。", { n: rollups })] : [];
}
