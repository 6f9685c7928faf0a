import { strFromU8, unzipSync } from "fflate";

/** An element of a written part, with its children in order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/y;

/** A part as a tree. Throws where the markup is not well formed: no part may be. */
export function parse(markup: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let at = markup.startsWith("<?xml") ? markup.indexOf("?>") + 2 : 0;
  while (at < markup.length) {
    const next = markup.indexOf("<", at);
    const text = markup.slice(at, next < 0 ? markup.length : next);
    if (/&(?!(?:amp|lt|gt|quot);)/.test(text)) throw new Error(`bare ampersand in “${text.slice(0, 40)}”`);
    const parent = open.at(-1) as Element;
    parent.text += text;
    if (next < 0) break;
    TAG.lastIndex = next;
    const match = TAG.exec(markup);
    if (!match) throw new Error(`no tag at “${markup.slice(next, next + 60)}”`);
    const [whole, closing, name = "", rest = "", empty] = match;
    at = next + whole.length;
    if (closing) {
      if (open.length < 2 || open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const element: Element = {
      name,
      attributes: Object.fromEntries(
        [...rest.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
      ),
      children: [],
      text: "",
    };
    parent.children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error("not one root element");
  return root.children[0] as Element;
}

/** Every element of a name, in document order. */
export function all(element: Element, name: string): Element[] {
  return [
    ...(element.name === name ? [element] : []),
    ...element.children.flatMap((child) => all(child, name)),
  ];
}

/** The text parts of an Office file by name. */
export function partsOf(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}

const words = (text: string): readonly string[] => text.split(" ");

/** Children in the order of the schemas (ECMA-376, transitional). Word and Excel refuse or "repair" a file that departs from it. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  "w:pPr": words(
    "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:suppressLineNumbers w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents w:suppressOverlap w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr w:sectPr",
  ),
  "w:rPr": words(
    "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:dstrike w:outline w:shadow w:emboss w:imprint w:noProof w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em w:lang",
  ),
  "w:tbl": words("w:tblPr w:tblGrid w:tr"),
  "w:tblPr": words(
    "w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook w:tblCaption w:tblDescription",
  ),
  "w:tblBorders": words("w:top w:left w:bottom w:right w:insideH w:insideV"),
  "w:tblCellMar": words("w:top w:left w:bottom w:right"),
  "w:tr": words("w:trPr w:tc"),
  "w:tc": words("w:tcPr w:p"),
  "w:tcPr": words(
    "w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:hideMark",
  ),
  "w:sectPr": words(
    "w:headerReference w:footerReference w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc w:pgBorders w:lnNumType w:pgNumType w:cols w:formProt w:vAlign w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter w:docGrid",
  ),
  "w:style": words(
    "w:name w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:locked w:pPr w:rPr w:tblPr w:trPr w:tcPr w:tblStylePr",
  ),
  "w:styles": words("w:docDefaults w:latentStyles w:style"),
  "w:docDefaults": words("w:rPrDefault w:pPrDefault"),
  "w:font": words("w:altName w:panose1 w:charset w:family w:notTrueType w:pitch w:sig"),
  "w:settings": words(
    "w:writeProtection w:view w:zoom w:defaultTabStop w:characterSpacingControl w:compat w:themeFontLang",
  ),
  "w:compat": words(
    "w:useSingleBorderforContiguousCells w:wpJustification w:noTabHangInd w:noLeading w:spaceForUL w:noColumnBalance w:balanceSingleByteDoubleByteWidth w:noExtraLineSpacing w:doNotLeaveBackslashAlone w:ulTrailSpace w:doNotExpandShiftReturn w:spacingInWholePoints w:lineWrapLikeWord6 w:printBodyTextBeforeHeader w:printColBlack w:wpSpaceWidth w:showBreaksInFrames w:subFontBySize w:suppressBottomSpacing w:suppressTopSpacing w:suppressSpacingAtTopOfPage w:suppressTopSpacingWP w:suppressSpBfAfterPgBrk w:swapBordersFacingPages w:convMailMergeEsc w:truncateFontHeightsLikeWP6 w:mwSmallCaps w:usePrinterMetrics w:doNotSuppressParagraphBorders w:wrapTrailSpaces w:footnoteLayoutLikeWW8 w:shapeLayoutLikeWW8 w:alignTablesRowByRow w:forgetLastTabAlignment w:adjustLineHeightInTable w:autoSpaceLikeWord95 w:noSpaceRaiseLower w:doNotUseHTMLParagraphAutoSpacing w:layoutRawTableWidth w:layoutTableRowsApart w:useWord97LineBreakRules w:doNotBreakWrappedTables w:doNotSnapToGridInCell w:selectFldWithFirstOrLastChar w:applyBreakingRules w:doNotWrapTextWithPunct w:doNotUseEastAsianBreakRules w:useWord2002TableStyleRules w:growAutofit w:useFELayout w:compatSetting",
  ),
  "w:numbering": words("w:numPicBullet w:abstractNum w:num"),
  "w:abstractNum": words("w:nsid w:multiLevelType w:tmpl w:name w:styleLink w:numStyleLink w:lvl"),
  "w:lvl": words(
    "w:start w:numFmt w:lvlRestart w:pStyle w:isLgl w:suff w:lvlText w:lvlPicBulletId w:lvlJc w:pPr w:rPr",
  ),
  "wp:inline": words("wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr a:graphic"),
  worksheet: words(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks drawing legacyDrawing",
  ),
  workbook: words(
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets externalReferences definedNames calcPr",
  ),
  styleSheet: words("numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors"),
  font: words("b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"),
  border: words("left right top bottom diagonal vertical horizontal"),
  c: words("f v is"),
};

/** Elements whose children stand in another order than the schema wants, or have no place in it. */
export function disorder(element: Element): string[] {
  const order = ORDER[element.name];
  const faults: string[] = [];
  if (order) {
    const places = element.children.map((child) => order.indexOf(child.name));
    for (const [index, place] of places.entries()) {
      const name = element.children[index]?.name;
      if (place < 0) faults.push(`${name} has no place in ${element.name}`);
      else if (index > 0 && place < (places[index - 1] ?? 0))
        faults.push(`${name} stands after ${element.children[index - 1]?.name} in ${element.name}`);
    }
  }
  return [...faults, ...element.children.flatMap(disorder)];
}
