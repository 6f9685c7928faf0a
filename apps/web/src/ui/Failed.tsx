import { Alert, Button } from "antd";
import { t } from "../i18n/words.ts";

/** What could not be shown and why, with a way to try again. Nothing that was typed is lost by it. */
export function Failed({ error, again }: { readonly error: Error; readonly again?: () => unknown }) {
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      title={error.message}
      {...(again
        ? {
            action: (
              <Button size="small" onClick={() => void again()}>
                {t("再试一次")}
              </Button>
            ),
          }
        : {})}
    />
  );
}
