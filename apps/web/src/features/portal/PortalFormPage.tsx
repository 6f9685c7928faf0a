import type { Form } from "@jiheng/domain";
import { layOut, layoutFor } from "@jiheng/exporters/layouts";
import { describeAddress, addressOf as placeAddress } from "@jiheng/workflow";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Card, Col, Flex, Row, Spin, Typography } from "antd";
import { Link, useParams } from "react-router";
import { addressOf, call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import { Failed } from "../../ui/Failed.tsx";
import { day } from "../../ui/figures.ts";
import { PageHead } from "../../ui/PageHead.tsx";
import { SectionTitle } from "../../ui/SectionTitle.tsx";
import { PortalFrame } from "./PortalFrame.tsx";
import "../../ui/form-paper.css";

/** What a citizen reads comes first, what a program reads last. */
const FORMATS = [
  ["pdf", "PDF"],
  ["docx", "Word"],
  ["xlsx", "Excel"],
  ["html", "HTML"],
  ["csv", "CSV"],
  ["json", "JSON"],
] as const;

/** One published form as the official form it is, with how its marks come about. */
export function PortalFormPage() {
  const { region = "", id = "" } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ["public", region, "form", id],
    queryFn: async () => (await call("getPublished", { params: { region, id } })).body,
  });
  const overview = useQuery({
    queryKey: ["public", region],
    queryFn: async () => (await call("getPublicOverview", { params: { region } })).body,
  });
  const form = data?.form as Form | undefined;
  return (
    <PortalFrame region={region} name={overview.data?.name ?? null}>
      {error && <Failed error={error} again={refetch} />}
      {!data && !error && <Spin className="page-waits" />}
      {data && form && (
        <Flex vertical gap="middle">
          <PageHead
            title={t("{{projectName}}（{{year}}年）", { projectName: data.project, year: data.year })}
            says={t("{{department}}　{{unit}}　{{day}}公开", {
              department: data.department,
              unit: data.unit,
              day: day(data.publishedAt),
            })}
          >
            {FORMATS.map(([format, name]) => (
              <Button key={format} href={addressOf("downloadPublished", { params: { region, id, format } })}>
                {name}
              </Button>
            ))}
          </PageHead>
          {data.masked.length > 0 && (
            <Alert
              type="info"
              showIcon
              title={t("因个人信息没有公开或部分遮盖：{{places}}", { places: data.masked.join("、") })}
            />
          )}
          <Row gutter={16}>
            <Col xs={24} xl={16}>
              <Sheet form={form} />
            </Col>
            <Col xs={24} xl={8}>
              <Card size="small" title={<SectionTitle>{t("得分怎么来的")}</SectionTitle>}>
                <Typography.Paragraph type="secondary">
                  {t("按 {{policy}} 逐项说明。", { policy: data.policyTitle })}
                </Typography.Paragraph>
                <dl className="marks">
                  {data.marks.map(({ at, says, basis }) => (
                    <div key={at}>
                      <dt>{describeAddress(form, placeAddress(form, at))}</dt>
                      <dd>
                        {says}
                        {basis.length > 0 && (
                          <Typography.Text type="secondary">（{basis.join("；")}）</Typography.Text>
                        )}
                      </dd>
                    </div>
                  ))}
                </dl>
              </Card>
              <Card size="small" style={{ marginTop: 16 }} title={<SectionTitle>{t("核对")}</SectionTitle>}>
                <Typography.Text style={{ overflowWrap: "anywhere" }}>
                  {t("公开时内容的摘要（SHA-256）：{{sha256}}。与盖章版本的摘要相同，就是同一份表。", {
                    sha256: data.sha256,
                  })}
                </Typography.Text>
              </Card>
              <Flex style={{ marginTop: 16 }}>
                <Link to={`/public/${region}?q=${encodeURIComponent(data.project)}`}>
                  {t("这个项目各年公开的表")}
                </Link>
              </Flex>
            </Col>
          </Row>
        </Flex>
      )}
    </PortalFrame>
  );
}

function Sheet({ form }: { readonly form: Form }) {
  const model = layOut(form, layoutFor(form.template));
  const width = model.widths.reduce((a, b) => a + b, 0);
  return (
    <div className="form-paper">
      {model.caption.map((line, index) => (
        <div key={line} className={index === model.titleLine ? "form-title" : "form-line"}>
          {line}
        </div>
      ))}
      <div className="form-scroll">
        <table className="form-sheet" aria-label={model.caption[model.titleLine] ?? t("表")}>
          <colgroup>
            {model.widths.map((each, index) => (
              <col key={index} style={{ width: `${(each / width) * 100}%` }} />
            ))}
          </colgroup>
          <tbody>
            {model.rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td
                    key={column}
                    colSpan={cell.columnSpan}
                    rowSpan={cell.rowSpan}
                    className={`role-${cell.role}${cell.vertical ? " upright" : ""}`}
                  >
                    {cell.text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {model.foot.map((line) => (
        <div key={line} className="form-line">
          {line}
        </div>
      ))}
    </div>
  );
}
