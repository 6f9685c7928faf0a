import { Flex, Typography } from "antd";
import type { ReactNode } from "react";

const NAME = "绩衡";

/** The head of a page: its one heading, a line that says what is done here, and what can be done to all of it. */
export function PageHead({
  title,
  says,
  children,
}: {
  readonly title: ReactNode;
  readonly says?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <>
      {typeof title === "string" && <title>{`${title} · ${NAME}`}</title>}
      <Flex justify="space-between" align="flex-end" wrap gap="small" className="page-head">
        <div>
          <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
            {title}
          </Typography.Title>
          {says !== undefined && <Typography.Text type="secondary">{says}</Typography.Text>}
        </div>
        {children !== undefined && (
          <Flex gap="small" wrap className="no-print">
            {children}
          </Flex>
        )}
      </Flex>
    </>
  );
}
