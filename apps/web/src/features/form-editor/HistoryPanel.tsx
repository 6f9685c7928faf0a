import type { Form } from "@jiheng/domain";
import { describeAddress } from "@jiheng/workflow";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Collapse, Empty, Flex, Tag, Typography } from "antd";
import { useRef } from "react";
import { addressOf, call } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { moment } from "../../ui/figures.ts";
import { useCommand } from "../../ui/use-command.ts";

type Version = Answered<"listVersions">["versions"][number];

const REASONS: Readonly<Record<Version["reason"], string>> = {
  submitted: t("送审时"),
  approved: t("审核通过时"),
  superseded: t("被调整取代时"),
};

/** What happened to the form: steps, saves cell by cell, and the versions that were kept, with the scans bound to them. */
export function HistoryPanel({
  submission,
  form,
  canSeal,
}: {
  readonly submission: string;
  readonly form: Form;
  readonly canSeal: boolean;
}) {
  return (
    <Collapse
      ghost
      size="small"
      defaultActiveKey={["steps"]}
      items={[
        { key: "steps", label: t("办理经过"), children: <Steps submission={submission} form={form} /> },
        {
          key: "saves",
          label: t("每次保存改了哪些格"),
          children: <Saves submission={submission} form={form} />,
        },
        {
          key: "versions",
          label: t("留存的版本和盖章扫描件"),
          children: <Versions submission={submission} canSeal={canSeal} />,
        },
      ]}
    />
  );
}

function Steps({ submission, form }: { readonly submission: string; readonly form: Form }) {
  const list = useInfiniteQuery({
    queryKey: ["history", submission, "steps"],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("getHistory", {
          params: { submission },
          query: { limit: "30", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  return (
    <>
      <ul className="plain-list">
        {list.data?.pages
          .flatMap(({ items }) => items)
          .map(({ seq, at, byName, says, cells }) => (
            <li key={seq}>
              <div>{says}</div>
              {cells.length <= CELLS_NAMED && (
                <div>
                  {cells
                    .filter(isSeen)
                    .map((cell) => describeAddress(form, cell))
                    .join("、")}
                </div>
              )}
              <Typography.Text type="secondary">
                {byName}　{moment(at)}
              </Typography.Text>
            </li>
          ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("更早的")}
        </Button>
      )}
    </>
  );
}

function Saves({ submission, form }: { readonly submission: string; readonly form: Form }) {
  const list = useInfiniteQuery({
    queryKey: ["history", submission, "saves"],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) =>
      (
        await call("listSaves", {
          params: { submission },
          query: { limit: "20", ...(pageParam ? { after: pageParam } : {}) },
        })
      ).body,
    getNextPageParam: ({ next }) => next,
  });
  if (list.error) return <Failed error={list.error} again={list.refetch} />;
  return (
    <>
      <ul className="plain-list">
        {list.data?.pages
          .flatMap(({ items }) => items)
          .map(({ changes, ...save }) => ({ ...save, changes: changes.filter(({ at }) => isSeen(at)) }))
          .map(({ revision, at, byName, changes }) => (
            <li key={revision}>
              <Typography.Text type="secondary">
                {t("第{{revision}}版　{{byName}}　{{at}}", { revision, byName, at: moment(at) })}
              </Typography.Text>
              <ul className="plain-list changes">
                {changes.slice(0, MOST_CHANGES).map(({ at: cell, from, to }) => (
                  <li key={cell}>
                    {describeAddress(form, cell)}：<del>{from ?? t("（空）")}</del> →{" "}
                    <ins>{to ?? t("（空）")}</ins>
                  </li>
                ))}
                {changes.length > MOST_CHANGES && (
                  <li>{t("另有{{more}}格", { more: changes.length - MOST_CHANGES })}</li>
                )}
              </ul>
            </li>
          ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("更早的")}
        </Button>
      )}
    </>
  );
}

/** What a row of money is, and whose form it is, are kept beside what is printed; nobody types them. */
const isSeen = (cell: string): boolean => !/^(?:kind|template)$|\.source$/.test(cell);

const MOST_CHANGES = 12;
/** Cells that are named beside the save itself; more are told by the list of saves. */
const CELLS_NAMED = 6;

function Versions({ submission, canSeal }: { readonly submission: string; readonly canSeal: boolean }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["history", submission, "versions"],
    queryFn: async () => (await call("listVersions", { params: { submission } })).body.versions,
  });
  if (error) return <Failed error={error} again={refetch} />;
  if (data?.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t("送审时会留存一个不再变化的版本，可以打印盖章后把扫描件绑定到它。")}
      />
    );
  return (
    <ul className="plain-list">
      {data?.map((version) => (
        <li key={version.id}>
          <VersionLine submission={submission} version={version} canSeal={canSeal} />
        </li>
      ))}
    </ul>
  );
}

function VersionLine({
  submission,
  version: { id, revision, reason, sha256, at, scan },
  canSeal,
}: {
  readonly submission: string;
  readonly version: Version;
  readonly canSeal: boolean;
}) {
  const chooser = useRef<HTMLInputElement>(null);
  const params = { submission, version: id };
  const seal = useCommand((file: File) => call("sealVersion", { params, body: { sha256 }, files: [file] }), {
    said: () => t("扫描件已绑定到这个版本。"),
    refreshes: ["history"],
  });
  return (
    <Flex vertical>
      <Flex gap="small" wrap>
        <span>{t("第{{revision}}版（{{reason}}）", { revision, reason: REASONS[reason] })}</span>
        <a href={addressOf("downloadVersion", { params })}>{t("下载")}</a>
        {scan ? (
          <a href={addressOf("downloadScan", { params })}>{t("盖章扫描件")}</a>
        ) : (
          canSeal && (
            <>
              <Button size="small" loading={seal.isPending} onClick={() => chooser.current?.click()}>
                {t("绑定盖章扫描件")}
              </Button>
              <input
                ref={chooser}
                type="file"
                accept=".pdf,.jpg,.jpeg,.png"
                hidden
                aria-label={t("选择盖章扫描件")}
                onChange={({ target }) => target.files?.[0] && seal.mutate(target.files[0])}
              />
            </>
          )
        )}
        {scan && <Tag color="success">{t("已盖章")}</Tag>}
      </Flex>
      <Typography.Text type="secondary" ellipsis={{ tooltip: sha256 }}>
        {moment(at)}　SHA-256 {sha256.slice(0, 16)}…
      </Typography.Text>
    </Flex>
  );
}
