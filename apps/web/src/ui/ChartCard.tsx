import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Card, Dropdown, Flex, Segmented, Table, Typography } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import { type ReactNode, useContext, useId, useMemo, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { t } from "../i18n/words.ts";
import { Chart, type DrawnChart, useChartColours } from "./Chart.tsx";
import { pictureOf, pngOf } from "./chart-picture.ts";
import { ChartsSubject } from "./charts-subject.ts";
import { inGroups } from "./figures.ts";
import {
  compareCells,
  csvOf,
  type FigureLine,
  type FigureTable,
  type FigureWay,
  wayFrom,
  waysOf,
} from "./figures-table.ts";
import { fileName, saveAs } from "./save-as.ts";
import "./chart-card.css";

type Shape = "svg" | "png" | "csv";

/**
 * A chart with everything that belongs to it: what is to be seen in words, the same numbers as a table, downloads, and the way to the
 * forms behind each mark by pointer (the mark) and by keyboard (the table). Without `option` it is the table alone.
 */
export function ChartCard({
  title,
  says,
  notes,
  figures,
  option,
  height = 300,
  children,
}: {
  readonly title: string;
  /** What is to be seen, generated from the numbers. */
  readonly says: string;
  /** What was left out, and how a figure is meant. */
  readonly notes?: readonly string[];
  readonly figures: FigureTable;
  readonly option?: EChartsCoreOption;
  readonly height?: number;
  readonly children?: ReactNode;
}) {
  const [face, setFace] = useState<"chart" | "table">(option ? "chart" : "table");
  const { message } = App.useApp();
  const colours = useChartColours();
  const drawn = useRef<DrawnChart>(null);
  const words = useId();
  const go = useNavigate();
  const ways = useMemo(() => waysOf(figures), [figures]);
  const subject = useContext(ChartsSubject);
  const save = async (shape: Shape) => {
    const name = `${fileName([title, ...subject])}.${shape}`;
    if (shape === "csv") {
      saveAs(name, new Blob([csvOf(figures)], { type: "text/csv;charset=utf-8" }));
      return;
    }
    const made = drawn.current?.svg();
    if (!made) return;
    const svg = pictureOf(
      made.text,
      { title, subject, says },
      { ...made, ink: colours.ink, ground: colours.ground },
    );
    if (shape === "svg") saveAs(name, new Blob([svg], { type: "image/svg+xml;charset=utf-8" }));
    else
      await pngOf(svg).then(
        (png) => saveAs(name, png),
        () => void message.error(t("这个浏览器不能生成 PNG，请改下 SVG。")),
      );
  };
  const shapes: readonly Shape[] = option ? ["png", "svg", "csv"] : ["csv"];
  return (
    <Card size="small" className="chart-card">
      <figure style={{ margin: 0 }} aria-labelledby={`${words}-title`}>
        <Flex justify="space-between" align="flex-start" gap="small" wrap>
          <Typography.Title level={2} id={`${words}-title`} style={{ fontSize: 15, margin: 0 }}>
            {title}
          </Typography.Title>
          <Flex gap="small" className="no-print">
            {option && (
              <Segmented<"chart" | "table">
                size="small"
                aria-label={t("图或表：{{title}}", { title })}
                value={face}
                onChange={setFace}
                options={[
                  { value: "chart", label: t("图") },
                  { value: "table", label: t("数据表") },
                ]}
              />
            )}
            <Dropdown
              trigger={["click"]}
              menu={{
                items: shapes.map((shape) => ({ key: shape, label: shape.toUpperCase() })),
                onClick: ({ key }) => {
                  void save(key as Shape);
                },
              }}
            >
              <Button size="small" icon={<DownloadOutlined />} aria-label={t("下载：{{title}}", { title })} />
            </Dropdown>
          </Flex>
        </Flex>
        <figcaption id={words}>
          <Typography.Text>{says}</Typography.Text>
        </figcaption>
        {children}
        {option && (
          // Kept in the page behind the table, so that its picture can be downloaded from there.
          <div
            style={face === "chart" ? {} : { height: 0, overflow: "hidden" }}
            aria-hidden={face !== "chart"}
          >
            <Chart
              option={option}
              height={height}
              label={title}
              describedBy={words}
              drawn={drawn}
              onPick={(key) => {
                const to = ways.get(key);
                if (to !== undefined) void go(to);
              }}
            />
          </div>
        )}
        {face === "table" && <Figures figures={figures} />}
      </figure>
      {notes && notes.length > 0 && (
        <Typography.Paragraph type="secondary" style={{ margin: "4px 0 0", fontSize: 12 }}>
          {notes.length > 3 ? notes.map((note) => <div key={note}>{note}</div>) : notes.join(" ")}
        </Typography.Paragraph>
      )}
    </Card>
  );
}

function Figures({ figures: { columns, lines } }: { readonly figures: FigureTable }) {
  const largest = (index: number) => Math.max(0, ...lines.map(({ cells }) => Number(cells[index] ?? 0)));
  return (
    <Table<FigureLine>
      size="small"
      rowKey="key"
      style={{ marginTop: 8 }}
      dataSource={[...lines]}
      pagination={lines.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: t("没有可以列出的数。") }}
      columns={columns.map(({ title, isNumber, hasBar }, index) => ({
        title,
        key: String(index),
        ...(isNumber ? { align: "right" as const, className: "tabular" } : {}),
        sorter: (a: FigureLine, b: FigureLine) =>
          compareCells(a.cells[index] ?? null, b.cells[index] ?? null, isNumber === true),
        render: (_: unknown, line: FigureLine) => {
          const cell = line.cells[index] ?? null;
          const shown = cell === null ? "—" : isNumber ? inGroups(cell) : cell;
          const way = wayFrom(line, index);
          const words = way ? <Behind way={way} shown={shown} /> : shown;
          return hasBar ? (
            <Barred value={Number(cell ?? 0)} most={largest(index)}>
              {words}
            </Barred>
          ) : (
            words
          );
        },
      }))}
    />
  );
}

function Behind({ way: { to, forms }, shown }: { readonly way: FigureWay; readonly shown: string }) {
  return (
    <Link
      to={to}
      {...(forms === undefined ? {} : { title: t("背后有{{n}}张表", { n: forms }), "data-forms": forms })}
    >
      {shown}
    </Link>
  );
}

function Barred({
  children,
  value,
  most,
}: {
  readonly children: ReactNode;
  readonly value: number;
  readonly most: number;
}) {
  return (
    <span className="barred">
      <span
        className="bar"
        style={{ width: `${most > 0 ? Math.max(0, (value / most) * 64) : 0}px` }}
        aria-hidden
      />
      {children}
    </span>
  );
}
