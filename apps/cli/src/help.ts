/** What `jiheng --help` prints. Only commands that exist are listed. */
export const HELP: Record<"zh" | "en", string> = {
  zh: `绩衡：读取、计分、审核项目支出绩效自评表

用法
  jiheng read FILE…                        读表：读到了什么，哪些是推断的、哪些没读出来
  jiheng score FILE… [--policy ID]         按政策包逐行计分，说明每一分的来历
  jiheng audit FILE… [--policy ID] [--format text|json|sarif|html|docx|xlsx] [-o OUT]
                                           审核每张表，再把各表放在一起审核；html、docx、xlsx 是可以发给单位的审核意见
  jiheng annotate FILE -o OUT              给自己的 docx 或 xlsx 加批注：问题写在所在的单元格上，其余内容原样不动
  jiheng explain FILE --at 位置 [--form N] 一个得分或一项问题是怎么来的，例如 --at indicators[3].score
  jiheng compare FILE… --policy A --policy B
                                           同样的表按两个政策包计分，哪些得分会变、依据哪一条
  jiheng export FILE… --to docx|xlsx|pdf|html|json|csv -o OUT [--template ID]
                                           写出正式表格：多张表合为一份并带目录；OUT 为 .zip 或文件夹时一张表一个文件
  jiheng rollup FILE… [-o OUT] [--name 名称] [--template 表式] [--points equal|money|weights]
                                           多个二级项目汇总成一张类别表，每个数都知道来源；OUT 为 .json 时来源一并保存
      --weight 指标=权重                   按指定权重分配分值（--points weights）
      --merge 甲=乙   --apart 指标         两个名称是同一指标；同名但不是同一指标，分列
      --denominator 率=数量   --once 指标  按分母加权；各项目是同一批对象，只计一次
      --strictest 指标                     各项目时限不同，取最严的
  jiheng report FILE… -o 报告.docx|.pdf|.html|.json [--name 部门] [--budget 万元]
                                           部门绩效自评情况报告；--check 报告.json 与原表核对
  jiheng publish FILE… -o DIR [--name 名称] [--withheld 名单.csv]
                                           公开网站：检索、每张表一页、得分的来历、下载和数据包；不用服务器
                                           名单的列：项目名称、理由，可有年度、主管部门；列入的只公布名称和理由
  jiheng serve [--data DIR | --database URL] [--port N] [--demo]
                                           网页应用和接口；数据放在 DIR（默认 jiheng-data），--demo 载入演示数据
  jiheng backup -o FILE [--data DIR | --database URL]
                                           备份一个系统，服务开着也可以
  jiheng restore FILE [--data DIR | --database URL]
                                           恢复到空的数据目录或数据库
  jiheng verify-log FILE [--head 摘要]     不用服务器，校验导出的操作日志有没有被改动
  jiheng rules [ID]                        全部审核规则，或一条规则的说明
  jiheng policies [ID]                     全部政策包，或一个政策包的参数和依据
  jiheng templates                         能识别的表样

FILE 可以是 .docx .doc .xlsx .xls .et .ods .pdf .html .txt .tsv .csv .json，也可以是文件夹。
选项：--json 输出一份 JSON；--form N 只看文件里的第 N 张表；-o 写到文件；--lang en 英文界面。
退出码：0 完成；1 审核发现必须更正的问题；2 有文件不能读或命令有误。
`,
  en: `Jiheng reads, scores and reviews Chinese budget performance self-evaluation forms.

Usage
  jiheng read FILE…                        what was read, what was guessed, what was lost
  jiheng score FILE… [--policy ID]         marks every row under a policy pack and says how
  jiheng audit FILE… [--policy ID] [--format text|json|sarif|html|docx|xlsx] [-o OUT]
                                           reviews each form, then all of them together; html, docx and xlsx are
                                           an opinion to send to the unit
  jiheng annotate FILE -o OUT              a copy of your own docx or xlsx with the findings as comments at their cells
  jiheng explain FILE --at PLACE [--form N]
                                           how one mark or finding came about, e.g. --at indicators[3].score
  jiheng compare FILE… --policy A --policy B
                                           which marks change between two policy packs, and by which article
  jiheng export FILE… --to docx|xlsx|pdf|html|json|csv -o OUT [--template ID]
                                           official forms: many in one file with a list of contents; a file each where
                                           OUT is a .zip or a folder
  jiheng rollup FILE… [-o OUT] [--name NAME] [--template ID] [--points equal|money|weights]
                                           several projects into one category form that knows its sources
      --weight ROW=WEIGHT                  weights for --points weights
      --merge A=B   --apart ROW            two names of one indicator; one name of several
      --denominator RATE=COUNT   --once ROW
                                           weigh a rate by a count; the same objects in every project
      --strictest ROW                      take the strictest of differing time limits
  jiheng report FILE… -o OUT.docx|.pdf|.html|.json [--name BODY] [--budget WAN]
                                           the department's report; --check OUT.json holds one against the forms
  jiheng publish FILE… -o DIR [--name TITLE] [--withheld LIST.csv]
                                           a static, searchable public site and a data package; projects of the list
                                           (项目名称, 理由, 年度, 主管部门) are named with their reason and not shown
  jiheng serve [--data DIR | --database URL] [--port N] [--demo]
                                           the web application and API; data lies in DIR (jiheng-data where none is named)
  jiheng backup -o FILE [--data DIR | --database URL]
                                           a backup of an installation, running or not
  jiheng restore FILE [--data DIR | --database URL]
                                           into an empty folder or database
  jiheng verify-log FILE [--head HASH]     proves an exported log without a server
  jiheng rules [ID]                        the catalogue of checks
  jiheng policies [ID]                     the policy packs
  jiheng templates                         the form templates that are recognised

FILE: .docx .doc .xlsx .xls .et .ods .pdf .html .txt .tsv .csv .json or a folder.
Options: --json one JSON document; --form N one form of a file; -o write to a file; --lang en.
Findings and articles quote Chinese forms and law and stay in Chinese.
Exit status: 0 done; 1 audit found something of force must; 2 something could not be done.
`,
};

type Words = Readonly<Record<"zh" | "en", string>>;

/** Every option, in words. */
const OPTIONS: Readonly<Record<string, Words>> = {
  "--json": { zh: "输出一份 JSON（同 --format json）", en: "one JSON document (the same as --format json)" },
  "--format 格式": {
    zh: "text、json、sarif、html、docx 或 xlsx",
    en: "text, json, sarif, html, docx or xlsx",
  },
  "-o OUT": {
    zh: "写到文件或文件夹；已有同名文件的，替换并说明，但不覆盖要读的文件",
    en: "write to a file or folder; a file in its place is replaced, which is said; one that is read never is",
  },
  "--form N": { zh: "只看文件里的第 N 张表", en: "one form of a file" },
  "--policy ID": {
    zh: "政策包，见 jiheng policies；不写时按地区、表样和年度选定",
    en: "the policy pack (jiheng policies); without it one is chosen by jurisdiction, template and year",
  },
  "--at 位置": {
    zh: "funds[0].score、indicators[3].score、totalScore、grade，或 总分、等级、指标名称、指标3、第3行（从 1 起）",
    en: "funds[0].score, indicators[3].score, totalScore, grade; or 总分, 等级, an indicator's name, 指标3, 第3行 (from 1)",
  },
  "--to 格式": { zh: "docx、xlsx、pdf、html、json 或 csv", en: "docx, xlsx, pdf, html, json or csv" },
  "--template ID": { zh: "表样，见 jiheng templates", en: "the form template (jiheng templates)" },
  "--name 名称": { zh: "类别、部门或网站的名称", en: "name of the category, body or site" },
  "--points 方法": {
    zh: "equal、money 或 weights：各项目怎样分分值",
    en: "equal, money or weights: how projects share the points",
  },
  "--weight 指标=权重": {
    zh: "按指定权重分配分值，可写多次",
    en: "weights for --points weights, repeatable",
  },
  "--merge 甲=乙": { zh: "两个名称是同一指标，可写多次", en: "two names of one indicator, repeatable" },
  "--apart 指标": { zh: "同名但不是同一指标，分列", en: "one name of several indicators" },
  "--denominator 率=数量": { zh: "按分母加权", en: "weigh a rate by a count" },
  "--once 指标": { zh: "各项目是同一批对象，只计一次", en: "the same objects in every project" },
  "--strictest 指标": { zh: "各项目时限不同，取最严的", en: "take the strictest of differing time limits" },
  "--check 报告.json": {
    zh: "把写出的报告与原表核对，不写文件",
    en: "hold a written report against the forms",
  },
  "--budget 万元": { zh: "部门项目支出预算总额", en: "the department's whole project budget in 万元" },
  "--withheld 名单.csv": {
    zh: "不公开的项目；列：项目名称、理由，可有年度、主管部门",
    en: "projects not shown; columns 项目名称, 理由, 年度, 主管部门",
  },
  "--data DIR": {
    zh: "数据目录（默认 jiheng-data）",
    en: "the data folder (jiheng-data where none is named)",
  },
  "--database URL": { zh: "PostgreSQL 的地址", en: "the URL of a PostgreSQL" },
  "--port N": { zh: "端口", en: "the port" },
  "--demo": { zh: "载入演示数据", en: "load demonstration data" },
  "--head 摘要": { zh: "从别处得知的最后一条的摘要", en: "the last hash as it is known from elsewhere" },
  "--lang en": { zh: "英文界面", en: "English" },
};

/** The options each command takes beside --lang and --help. */
const TAKES: Readonly<Record<string, readonly (keyof typeof OPTIONS)[]>> = {
  read: ["--form N", "--json"],
  score: ["--policy ID", "--form N", "--json"],
  audit: ["--policy ID", "--format 格式", "--json", "--form N", "-o OUT"],
  annotate: ["-o OUT", "--form N", "--policy ID"],
  explain: ["--at 位置", "--form N", "--policy ID", "--json"],
  compare: ["--policy ID", "--form N", "--json"],
  export: ["--to 格式", "-o OUT", "--template ID", "--form N"],
  rollup: [
    "-o OUT",
    "--name 名称",
    "--template ID",
    "--points 方法",
    "--weight 指标=权重",
    "--merge 甲=乙",
    "--apart 指标",
    "--denominator 率=数量",
    "--once 指标",
    "--strictest 指标",
    "--policy ID",
    "--json",
  ],
  report: [
    "-o OUT",
    "--name 名称",
    "--budget 万元",
    "--check 报告.json",
    "--policy ID",
    "--form N",
    "--json",
  ],
  publish: ["-o OUT", "--name 名称", "--withheld 名单.csv", "--policy ID", "--form N"],
  serve: ["--data DIR", "--database URL", "--port N", "--demo"],
  backup: ["-o OUT", "--data DIR", "--database URL"],
  restore: ["--data DIR", "--database URL"],
  "verify-log": ["--head 摘要"],
  rules: ["--json"],
  policies: ["--json"],
  templates: ["--json"],
};

/** What `jiheng <command> --help` prints: the command's own usage and options; null for a command it does not know. */
export function commandHelp(command: string, lang: "zh" | "en"): string | null {
  const options = Object.hasOwn(TAKES, command) ? TAKES[command] : undefined;
  const lines = HELP[lang].split("\n");
  const from = lines.findIndex((line) => line.startsWith(`  jiheng ${command} `));
  if (!options || from < 0) return null;
  const length = lines.slice(from + 1).findIndex((line) => line === "" || line.startsWith("  jiheng "));
  const usage = lines.slice(from, from + 1 + length);
  const width = Math.max(...options.map(widthOf), widthOf("--lang en")) + 2;
  const listed = [...options, "--lang en"].map(
    (each) => `  ${each}${" ".repeat(width - widthOf(each))}${OPTIONS[each]?.[lang] ?? ""}`,
  );
  const files = usage.some((line) => line.includes("FILE…"))
    ? ["", lines.find((line) => line.startsWith("FILE")) ?? ""]
    : [];
  return `${[...usage, "", lang === "en" ? "Options" : "选项", ...listed, ...files].join("\n")}\n`;
}

/** Columns a text takes on a terminal. */
function widthOf(text: string): number {
  return [...text].reduce((sum, each) => sum + (each.charCodeAt(0) < 0x2e80 ? 1 : 2), 0);
}
