import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Empty, Flex, Progress, Select, Table, Typography } from "antd";
import { type DragEvent, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { call, Refused } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { BodyField } from "../../ui/BodyField.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { count, moment } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { useSession } from "../session/index.ts";
import { ACCEPTED, type Dropped, filesOfDrop, gather, type LeftOut } from "./gather.ts";
import { openArchives } from "./open-archives.ts";
import { IMPORT_STATES } from "./titles.ts";
import "./imports.css";

type Item = Answered<"listImports">["items"][number];
type Kind = "self-evaluation" | "target-declaration" | "monitoring";

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: "self-evaluation", label: t("绩效自评表") },
  { value: "target-declaration", label: t("绩效目标申报表") },
  { value: "monitoring", label: t("绩效运行监控表") },
];

/** The year forms are reported for: the one that has ended. */
const LAST_YEAR = new Date().getFullYear() - 1;

/** Hands in files, a folder of them too, and lists what was handed in before. */
export function ImportsPage() {
  const { profile } = useSession();
  const bodies = (profile?.grants ?? []).map(({ organisation: id, organisationName: name }) => ({
    id,
    name,
  }));
  const { filter, setFilter } = useFilters<"year" | "body" | "kind">();
  const organisation = filter("body") ?? bodies[0]?.id;
  const year = Number(filter("year") ?? LAST_YEAR);
  const kind = (filter("kind") ?? "self-evaluation") as Kind;
  return (
    <Flex vertical gap="middle">
      <PageHead
        title={t("导入")}
        says={t("把 Word、Excel、PDF 等格式的绩效表读进来，逐张与原件核对，再归入项目。")}
      />
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t("年度")}
          style={{ width: 110 }}
          value={year}
          onChange={(picked) => setFilter("year")(String(picked))}
          options={Array.from({ length: 6 }, (_, index) => LAST_YEAR + 2 - index).map((value) => ({
            value,
            label: t("{{year}}年", { year: value }),
          }))}
        />
        <BodyField
          label={t("在哪个机构的项目中对应")}
          known={bodies}
          value={organisation}
          onChange={setFilter("body")}
        />
        <Select
          aria-label={t("看不出种类的按")}
          style={{ width: 160 }}
          value={kind}
          onChange={setFilter("kind")}
          options={[...KINDS]}
        />
        <Typography.Text type="secondary">{t("表上看不出种类的，按这里选的种类。")}</Typography.Text>
      </Flex>
      {organisation && (
        <>
          <HandIn organisation={organisation} year={year} kind={kind} />
          <Earlier organisation={organisation} />
        </>
      )}
    </Flex>
  );
}

/** Refusals of a request that one of its files may be the cause of. */
const ONE_MAY_BE_AT_FAULT: readonly string[] = ["too-large", "wrong-media", "invalid-input"];

function HandIn({
  organisation,
  year,
  kind,
}: {
  readonly organisation: string;
  readonly year: number;
  readonly kind: Kind;
}) {
  const go = useNavigate();
  const [isOver, setOver] = useState(false);
  const [leftOut, setLeftOut] = useState<readonly LeftOut[]>([]);
  const [sent, setSent] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { mutate, isPending } = useCommand(
    async (dropped: Dropped) => {
      const { files: chosen, leftOut: unopened } = await openArchives(dropped);
      const { batches, leftOut: unsuited } = gather(chosen);
      const refused = [...unopened, ...unsuited];
      const made: string[] = [];
      const waiting = [...batches];
      for (let index = 0; waiting[index]; index += 1) {
        const batch = waiting[index] ?? [];
        setSent({ done: index, of: waiting.length });
        try {
          const body = { year, organisation, kind, confirms: true };
          made.push((await call("startImport", { body, files: batch })).body.id);
        } catch (error) {
          // What was sent before is kept, what comes after is still sent; one that cannot be taken is found by halves.
          if (error instanceof Refused && ONE_MAY_BE_AT_FAULT.includes(error.code) && batch.length > 1) {
            const half = Math.ceil(batch.length / 2);
            waiting.push(batch.slice(0, half), batch.slice(half));
            continue;
          }
          const says = error instanceof Error ? error.message : String(error);
          refused.push(...batch.map(({ name }) => ({ name, says })));
        }
      }
      setLeftOut(refused);
      return { made, refused };
    },
    { refreshes: ["imports"] },
  );
  const hand = (dropped: Dropped) =>
    mutate(dropped, {
      onSettled: () => setSent(null),
      // Where some were left out, the words about them are read first.
      onSuccess: ({ made: [only, ...more], refused }) => {
        if (only && more.length === 0 && refused.length === 0) go(`/imports/${only}`);
      },
    });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOfDrop(event.dataTransfer).then(hand);
  };
  return (
    <>
      <section
        aria-label={t("交来文件")}
        className={isOver ? "drop-here over" : "drop-here"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className="drop-words">{t("把文件、压缩包（zip）或整个文件夹拖到这里")}</div>
        <Flex gap="small" justify="center" wrap>
          <Button type="primary" loading={isPending} onClick={() => files.current?.click()}>
            {t("选文件")}
          </Button>
          <Button disabled={isPending} onClick={() => folder.current?.click()}>
            {t("选文件夹")}
          </Button>
        </Flex>
        <Typography.Text type="secondary">
          {t("一份文件里可以有多张表。交来的原件一字不动地留存；没有您的确认，什么都不会归入项目。")}
        </Typography.Text>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={t("选文件")}
          accept={ACCEPTED}
          onChange={({ target }) => {
            hand({ files: [...(target.files ?? [])], leftOut: [] });
            target.value = "";
          }}
        />
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          aria-label={t("选文件夹")}
          {...{ webkitdirectory: "" }}
          onChange={({ target }) => {
            hand({ files: [...(target.files ?? [])], leftOut: [] });
            target.value = "";
          }}
        />
        {sent && sent.of > 1 && (
          <Progress
            aria-label={t("上传")}
            percent={Math.round((100 * sent.done) / sent.of)}
            format={() => t("第{{done}}批，共{{of}}批", { done: sent.done + 1, of: sent.of })}
          />
        )}
      </section>
      {leftOut.length > 0 && (
        <Alert
          type="warning"
          showIcon
          closable={{ onClose: () => setLeftOut([]) }}
          title={t("{{files}}个文件没有交上去，其他的不受影响", { files: leftOut.length })}
          description={
            <ul className="left-out">
              {leftOut.slice(0, 50).map(({ name, says }, index) => (
                // Two folders may hold files of one name.
                <li key={index}>
                  <strong>{name}</strong>：{says}
                </li>
              ))}
              {leftOut.length > 50 && <li>{t("另有{{files}}个", { files: leftOut.length - 50 })}</li>}
            </ul>
          }
        />
      )}
    </>
  );
}

function Earlier({ organisation }: { readonly organisation: string }) {
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ["imports", organisation],
      initialPageParam: null as string | null,
      queryFn: async ({ pageParam }) =>
        (
          await call("listImports", {
            query: { organisation, limit: "20", ...(pageParam ? { after: pageParam } : {}) },
          })
        ).body,
      getNextPageParam: ({ next }) => next,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some((item) => item.finishedAt === null)) ? 3_000 : false,
    });
  if (error) return <Failed error={error} again={refetch} />;
  return (
    <Card size="small" title={<SectionTitle>{t("导入记录")}</SectionTitle>} styles={{ body: { padding: 0 } }}>
      <Table<Item>
        size="small"
        rowKey="id"
        loading={isPending}
        dataSource={data?.pages.flatMap(({ items }) => items) ?? []}
        pagination={false}
        scroll={{ x: 760 }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={t(
                "这个机构还没有导入过。拖入一份往年的自评表试试：读取以后可以逐格与原件核对，也可以略过。",
              )}
            />
          ),
        }}
        columns={[
          {
            title: t("时间"),
            dataIndex: "at",
            render: (at: string, { id }) => <Link to={`/imports/${id}`}>{moment(at)}</Link>,
          },
          { title: t("年度"), dataIndex: "year", width: 72 },
          { title: t("导入人"), dataIndex: "byName", width: 120 },
          {
            title: t("状态"),
            dataIndex: "state",
            width: 100,
            render: (state: Item["state"]) => IMPORT_STATES[state],
          },
          { title: t("文件"), dataIndex: "files", width: 72, align: "right", render: count },
          {
            title: t("没有读成"),
            dataIndex: "failed",
            width: 88,
            align: "right",
            render: (failed: number) =>
              failed > 0 ? <Typography.Text type="danger">{failed}</Typography.Text> : "—",
          },
          {
            title: t("待确认的表"),
            dataIndex: "unsettled",
            width: 110,
            align: "right",
            render: (unsettled: number) =>
              unsettled > 0 ? <Typography.Text strong>{unsettled}</Typography.Text> : "—",
          },
        ]}
      />
      {hasNextPage && (
        <Button type="link" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("再列20次")}
        </Button>
      )}
    </Card>
  );
}
