import { XML_HEAD, xml } from "./xml.ts";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W = `xmlns:w="${MAIN}"`;

/** The fonts official documents ask for, with the names they have on other systems and what stands in for them. */
const FONTS: readonly (readonly [name: string, altName: string, family: string])[] = [
  ["仿宋_GB2312", "仿宋,FangSong,STFangsong", "modern"],
  ["方正小标宋简体", "FZXiaoBiaoSong-B05S,宋体,SimSun", "auto"],
  ["黑体", "SimHei,Heiti SC", "modern"],
  ["楷体_GB2312", "楷体,KaiTi,STKaiti", "modern"],
  ["宋体", "SimSun,Songti SC", "auto"],
];

/** Names of the fonts of the file, each with others that a program may take for it. */
const FONT_TABLE = `${XML_HEAD}<w:fonts ${W}>${FONTS.map(
  ([name, altName, family]) =>
    `<w:font w:name="${name}"><w:altName w:val="${altName}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`,
).join(
  "",
)}<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`;

function fonts(eastAsia: string): string {
  return `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${eastAsia}" w:cs="Times New Roman"/>`;
}

interface Style {
  readonly id: string;
  readonly name: string;
  readonly base?: string;
  readonly next?: string;
  readonly paragraph?: string;
  readonly character?: string;
  readonly quick?: boolean;
}

function size(halfPoints: number): string {
  return `<w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`;
}

const BODY_LINES = '<w:spacing w:line="560" w:lineRule="exact"/>';
const CELL_LINES = '<w:spacing w:line="240" w:lineRule="auto"/>';

/** Of the small size: fonts that stand in for those named have taller lines, and a long table would take more pages. */
const DENSE_LINES = '<w:spacing w:line="240" w:lineRule="exact"/>';

const STYLES: readonly Style[] = [
  {
    id: "Title",
    name: "Title",
    next: "Body",
    paragraph:
      '<w:keepNext/><w:spacing w:before="120" w:after="120" w:line="600" w:lineRule="exact"/><w:jc w:val="center"/>',
    character: `${fonts("方正小标宋简体")}${size(44)}`,
    quick: true,
  },
  {
    id: "Subtitle",
    name: "Subtitle",
    next: "Body",
    paragraph: '<w:keepNext/><w:spacing w:line="480" w:lineRule="exact"/><w:jc w:val="center"/>',
    character: `${fonts("楷体_GB2312")}${size(28)}`,
    quick: true,
  },
  {
    id: "Heading1",
    name: "heading 1",
    next: "Body",
    paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>`,
    character: `${fonts("黑体")}${size(32)}`,
    quick: true,
  },
  {
    id: "Heading2",
    name: "heading 2",
    next: "Body",
    paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="60" w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="1"/>`,
    character: `${fonts("楷体_GB2312")}${size(32)}`,
    quick: true,
  },
  {
    id: "Heading3",
    name: "heading 3",
    next: "Body",
    paragraph: `<w:keepNext/><w:keepLines/>${BODY_LINES}<w:ind w:firstLineChars="200" w:firstLine="643"/><w:outlineLvl w:val="2"/>`,
    character: `<w:b/><w:bCs/>${size(32)}`,
    quick: true,
  },
  {
    id: "Body",
    name: "正文段落",
    paragraph: `${BODY_LINES}<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>`,
    character: size(32),
    quick: true,
  },
  { id: "Plain", name: "不缩进段落", paragraph: BODY_LINES, character: size(32), quick: true },
  {
    id: "Small",
    name: "说明",
    paragraph: '<w:spacing w:line="360" w:lineRule="exact"/>',
    character: size(24),
    quick: true,
  },
  {
    id: "ListItem",
    name: "List Paragraph",
    paragraph: '<w:spacing w:line="440" w:lineRule="exact"/>',
    character: size(28),
    quick: true,
  },
  {
    id: "ListSmall",
    name: "说明的条目",
    base: "ListItem",
    paragraph: '<w:spacing w:line="260" w:lineRule="exact"/>',
    character: size(18),
  },
  {
    id: "Caption",
    name: "caption",
    paragraph: '<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>',
    character: `${fonts("黑体")}${size(24)}`,
    quick: true,
  },
  { id: "Picture", name: "图", paragraph: '<w:keepNext/><w:jc w:val="center"/>' },
  { id: "FormNumber", name: "表号", paragraph: "<w:keepNext/>", character: `${fonts("黑体")}${size(24)}` },
  {
    id: "FormTitle",
    name: "表标题",
    next: "FormCaption",
    paragraph:
      '<w:keepNext/><w:spacing w:before="60" w:after="40"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
    character: `${fonts("方正小标宋简体")}${size(36)}`,
    quick: true,
  },
  {
    id: "FormCaption",
    name: "表标题下的行",
    paragraph: '<w:keepNext/><w:spacing w:after="40"/><w:jc w:val="center"/>',
    character: size(24),
  },
  { id: "FormFoot", name: "表注", paragraph: '<w:spacing w:before="60"/>', character: size(21) },
  { id: "Label", name: "表格栏目", paragraph: `${CELL_LINES}<w:jc w:val="center"/>`, character: size(21) },
  { id: "Text", name: "表格文字", paragraph: CELL_LINES, character: size(21) },
  { id: "Number", name: "表格数字", paragraph: `${CELL_LINES}<w:jc w:val="right"/>`, character: size(21) },
  { id: "LabelDense", name: "表格栏目（小）", base: "Label", paragraph: DENSE_LINES, character: size(18) },
  { id: "TextDense", name: "表格文字（小）", base: "Text", paragraph: DENSE_LINES, character: size(18) },
  { id: "NumberDense", name: "表格数字（小）", base: "Number", paragraph: DENSE_LINES, character: size(18) },
  {
    id: "Seam",
    name: "两段表格之间",
    paragraph:
      '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/>',
    character: size(2),
  },
  {
    id: "End",
    name: "表后",
    paragraph:
      '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    character: size(2),
  },
  {
    id: "TOCHeading",
    name: "TOC Heading",
    paragraph: '<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>',
    character: `${fonts("方正小标宋简体")}${size(36)}`,
  },
  {
    id: "TOC1",
    name: "toc 1",
    paragraph: '<w:spacing w:line="480" w:lineRule="exact"/>',
    character: size(28),
  },
  {
    id: "Footer",
    name: "footer",
    paragraph: '<w:jc w:val="center"/>',
    character: `${fonts("宋体")}${size(24)}`,
  },
];

/** All styles of the file: those of official documents for prose, small ones for cells. */
const STYLES_PART = `${XML_HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>${fonts(
  "仿宋_GB2312",
)}${size(21)}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultFont"><w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="NormalTable"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>${STYLES.map(
  ({ id, name, base = "Normal", next, paragraph, character, quick }) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${base}"/>${next ? `<w:next w:val="${next}"/>` : ""}${quick ? "<w:qFormat/>" : ""}${paragraph ? `<w:pPr>${paragraph}</w:pPr>` : ""}${character ? `<w:rPr>${character}</w:rPr>` : ""}</w:style>`,
).join("")}</w:styles>`;

/** Settings of the file: the newest layout rules of Word, Chinese as the language of its text. */
const SETTINGS = `${XML_HEAD}<w:settings ${W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`;

/** The footer of every page: its number between dashes, as official documents print it. */
const FOOTER = `${XML_HEAD}<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`;

/** Numbering of lists: number 1 has bullets, each further one counts from 1. */
export function numberingPart(orderedLists: number): string {
  const level = (format: string, text: string): string =>
    `<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="1060" w:hanging="420"/></w:pPr></w:lvl>`;
  const abstract = (id: number, inner: string): string =>
    `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/>${inner}</w:abstractNum>`;
  const counted = Array.from(
    { length: orderedLists },
    (_, index) =>
      `<w:num w:numId="${index + 2}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  ).join("");
  return `${XML_HEAD}<w:numbering ${W}>${abstract(0, level("bullet", "·"))}${abstract(1, level("decimal", "%1."))}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>${counted}</w:numbering>`;
}

/** Title and language of the file; no author, no clock. */
export function coreProperties(title: string): string {
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(title)}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`;
}

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006";
const TYPE = "application/vnd.openxmlformats-officedocument";

/** A part other than the fixed ones: relationship and content type by its kind. */
export interface FurtherPart {
  readonly kind: "chart" | "numbering";
  /** Name under word/. */
  readonly name: string;
  readonly content: string;
}

const KINDS = {
  chart: { relation: "chart", type: `${TYPE}.drawingml.chart+xml` },
  numbering: { relation: "numbering", type: `${TYPE}.wordprocessingml.numbering+xml` },
} as const;

const FIXED = [
  ["styles", "styles"],
  ["settings", "settings"],
  ["fontTable", "fontTable"],
  ["footer1", "footer"],
] as const;

/** Relationship id of the footer; those of further parts follow it in their order. */
export const FOOTER_ID = `rId${FIXED.length}`;

/** Relationship id of a further part by its index. */
export function furtherId(index: number): string {
  return `rId${FIXED.length + 1 + index}`;
}

/** The parts that say which parts there are, and the fixed ones. */
export function packageParts(title: string, further: readonly FurtherPart[]): Record<string, string> {
  const types = [
    ...FIXED.map(([name, kind]) => ({ name: `${name}.xml`, type: `${TYPE}.wordprocessingml.${kind}+xml` })),
    ...further.map(({ name, kind }) => ({ name, type: KINDS[kind].type })),
  ]
    .map(({ name, type }) => `<Override PartName="/word/${name}" ContentType="${type}"/>`)
    .join("");
  const relations = [
    ...FIXED.map(([name, kind]) => ({ name: `${name}.xml`, relation: kind as string })),
    ...further.map(({ name, kind }) => ({ name, relation: KINDS[kind].relation as string })),
  ]
    .map(
      ({ name, relation }, index) =>
        `<Relationship Id="rId${index + 1}" Type="${OFFICE}/relationships/${relation}" Target="${name}"/>`,
    )
    .join("");
  return {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.wordprocessingml.document.main+xml"/>${types}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    "_rels/.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${relations}</Relationships>`,
    "docProps/core.xml": coreProperties(title),
    "word/styles.xml": STYLES_PART,
    "word/settings.xml": SETTINGS,
    "word/fontTable.xml": FONT_TABLE,
    "word/footer1.xml": FOOTER,
    ...Object.fromEntries(further.map(({ name, content }) => [`word/${name}`, content])),
  };
}
