import { type Review, RULES, type Rule } from "@jiheng/audit";
import { type Force, type Origin, originOf } from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import { ENGINE } from "../engine.ts";

const LEVEL: Record<Force, "error" | "warning" | "note"> = { must: "error", should: "warning", hint: "note" };

function location(file: string, at: string, cell: Origin | null) {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
      ...(cell && "line" in cell ? { region: { startLine: cell.line, startColumn: cell.column } } : {}),
    },
    logicalLocations: [{ fullyQualifiedName: at }],
    ...(cell ? { properties: { cell } } : {}),
  };
}

function descriptor(rule: Rule) {
  return {
    id: rule.code,
    name: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.explains },
    properties: { basis: rule.basis.map(showCitation), kind: rule.kind, force: rule.force },
  };
}

/** The review as SARIF 2.1.0, so that any viewer of such files can show and track it. */
export function reviewSarif(review: Review, files: readonly string[], rulesVersion: string): unknown {
  // Several rules may share a code: SARIF wants one descriptor an id.
  const descriptors = new Map<string, ReturnType<typeof descriptor>>();
  for (const rule of RULES) if (!descriptors.has(rule.code)) descriptors.set(rule.code, descriptor(rule));
  const results = review.forms.flatMap((each, index) =>
    each.findings.map((finding) => ({
      ruleId: finding.code,
      level: LEVEL[finding.force],
      message: { text: `${finding.message}${finding.remedy}` },
      locations: finding.at.map((at) => location(files[index] ?? "", at, originOf(each.dossier.form, at))),
      partialFingerprints: { "jiheng/v1": finding.fingerprint },
    })),
  );
  const across = review.batch.findings.map((finding) => ({
    ruleId: finding.code,
    level: LEVEL[finding.force],
    message: { text: `${finding.message}${finding.remedy}` },
    locations: finding.at.map(({ form, at }) => {
      const source = review.forms[form]?.dossier.form;
      return location(files[form] ?? "", at, source ? originOf(source, at) : null);
    }),
    partialFingerprints: { "jiheng/v1": finding.fingerprint },
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: ENGINE.name,
            semanticVersion: ENGINE.version,
            version: rulesVersion,
            language: "zh-CN",
            rules: [...descriptors.values()],
          },
        },
        results: [...results, ...across],
      },
    ],
  };
}
