import { ORGANISATION_TITLES } from "@jiheng/workflow";
import { allPages } from "../../api/all-pages.ts";
import { call } from "../../api/client.ts";
import { t } from "../../i18n/words.ts";
import type { ManyRows, Verdict } from "../../ui/RowsDialog.tsx";
import type { TypedRow } from "../../ui/typed-rows.ts";

type Kind = "department" | "unit";

interface NewBody {
  readonly kind: Kind;
  readonly name: string;
  readonly code: string | null;
  /** By name: it may stand further up in the same list. */
  readonly parent: string;
}

/** An open body, as far as rows are held against it. */
export interface KnownBody {
  readonly id: string;
  readonly kind: "region" | Kind;
  readonly name: string;
  readonly code: string | null;
  readonly parent: string | null;
}

const KINDS = ["department", "unit"] as const;
const ABOVE = { department: "region", unit: "department" } as const;
const LONGEST_NAME = 100;
const LONGEST_CODE = 40;

/** The new body each row asks for, or what is wrong with it. Rows may stand under departments of the same list, if those come first. */
export function newBodies(
  rows: readonly TypedRow[],
  known: readonly KnownBody[],
): readonly Verdict<NewBody>[] {
  const nameOf = new Map(known.map(({ id, name }) => [id, name]));
  // Units of two departments may share a name ("局机关"), those of one may not.
  const places = new Set(known.map(({ parent, name }) => `${nameOf.get(parent ?? "") ?? ""} ${name}`));
  const codes = new Set(known.flatMap(({ code }) => code ?? []));
  const above = new Map<string, number>();
  for (const { kind, name } of known) above.set(`${kind} ${name}`, (above.get(`${kind} ${name}`) ?? 0) + 1);
  return rows.map(({ cells: [name = "", title = "", parent = "", code = ""] }): Verdict<NewBody> => {
    const problem = (says: string): Verdict<NewBody> => ({ kind: "problem", says });
    if (name === "" || name.length > LONGEST_NAME) return problem(t("名称须为1到100个字"));
    const kind = KINDS.find((each) =>
      [ORGANISATION_TITLES[each], t(ORGANISATION_TITLES[each])].includes(title),
    );
    if (!kind)
      return problem(
        t("级别须写{{department}}或{{unit}}", {
          department: t(ORGANISATION_TITLES.department),
          unit: t(ORGANISATION_TITLES.unit),
        }),
      );
    const parents = above.get(`${ABOVE[kind]} ${parent}`) ?? 0;
    const said = { parent, kind: t(ORGANISATION_TITLES[ABOVE[kind]]), n: parents };
    if (parents === 0) return problem(t("没有叫“{{parent}}”的{{kind}}；同一张单子里的要排在前面", said));
    if (parents > 1) return problem(t("有{{n}}个{{kind}}叫“{{parent}}”，请在页面上单个设立", said));
    if (places.has(`${parent} ${name}`))
      return problem(t("“{{parent}}”之下已有“{{name}}”", { parent, name }));
    if (code.length > LONGEST_CODE) return problem(t("代码超过40个字"));
    if (code !== "" && codes.has(code)) return problem(t("代码“{{code}}”已经用了", { code }));
    places.add(`${parent} ${name}`);
    if (kind === "department") above.set(`${kind} ${name}`, (above.get(`${kind} ${name}`) ?? 0) + 1);
    if (code !== "") codes.add(code);
    return { kind: "ready", ready: { kind, name, code: code || null, parent } };
  });
}

/** Departments and units from a list. One for each time it is used: it remembers what it made. */
export function manyBodies(): ManyRows<NewBody> {
  const made = new Map<string, string>();
  return {
    title: t("批量设立机构"),
    explains: t(
      "每个机构一行，先列主管部门，再列它们的单位；单位的上级写主管部门的名称，主管部门的上级写地区的名称。",
    ),
    columns: [t("名称"), t("级别"), t("上级"), t("代码")],
    example: t("某县第一小学，单位，某县教育局，101001"),
    check: async (rows) => {
      const known = await allPages(
        async (after) =>
          (await call("listOrganisations", { query: { limit: "200", closed: "no", ...after } })).body,
      );
      made.clear();
      for (const { id, kind, name } of known) if (kind !== "unit") made.set(`${kind} ${name}`, id);
      return newBodies(rows, known);
    },
    carryOut: async ({ kind, name, code, parent }) => {
      const above = made.get(`${ABOVE[kind]} ${parent}`);
      if (above === undefined) throw new Error(t("它的上级还没有设立"));
      const { body } = await call("createOrganisation", { body: { kind, name, code, parent: above } });
      if (kind !== "unit") made.set(`${kind} ${name}`, body.id);
      return t("已设立");
    },
    result: t("结果"),
    refreshes: ["organisations"],
  };
}
