/**
 * Bounds on what a file may cost before it is refused. A real form has some hundred cells and some ten kilobytes; the
 * bounds leave room for a bound volume of a whole city and keep every reading under 300 MB and a few seconds.
 */
export const LIMITS = {
  /** Bytes of any file. The command line and the server refuse larger ones before reading. */
  fileBytes: 64 * 1024 * 1024,
  /** Bytes of plain text, CSV, HTML or JSON: decoded text takes two bytes a character, and its cells several times that. */
  textBytes: 24 * 1024 * 1024,
  /** Entries of an archive. A docx or xlsx with many pictures and sheets has some hundred. */
  archiveEntries: 4_000,
  /**
   * Bytes of one expanded entry that is read, piece by piece. Word spends some 400 bytes on a cell, so the text of a
   * 20,000-row form takes some 100 MB; it is never held whole.
   */
  entryBytes: 192 * 1024 * 1024,
  /** Bytes of all expanded entries that are read. */
  archiveBytes: 256 * 1024 * 1024,
  /** Bytes of an expanded entry that is held whole: lists of relations, never a document. */
  wholeBytes: 1024 * 1024,
  /** Expanded to packed size of one entry. Deflate reaches 1,032 at most; tables of like rows reach some 100. */
  archiveRatio: 300,
  /** Below this many expanded bytes the ratio says nothing: an empty sheet of one repeated row is small anyway. */
  ratioFreeBytes: 4 * 1024 * 1024,
  /** Cells of a file, empty ones included: some 400 bytes each while they are read. 20,000 rows of thirteen columns. */
  cells: 260_000,
  /** Rows and text blocks of a file; a cell-less row still costs. */
  rows: 200_000,
  /** Lines and paragraphs outside tables; a report of a hundred pages has some 3,000. */
  textBlocks: 50_000,
  /** Characters outside tables. */
  looseCharacters: 1_000_000,
  /**
   * Characters in which forms whose cells are lost are sought, character by character; one has some 5,000. Some 700
   * bytes each while their rows are weighed.
   */
  flatCharacters: 300_000,
  /** Columns of a table. Forms have up to some thirty; spreadsheets carry stray cells far out. */
  columns: 1_024,
  /** Characters of one cell. Excel holds 32,767; Word more. What is beyond is cut with a note. */
  cellCharacters: 200_000,
  /** Depth of nested HTML. Pages have some fifty; the parser searches all open elements at every stray end tag. */
  depth: 1_000,
  /** Rows of funds and indicators of all forms of a JSON file. */
  jsonRows: 50_000,
  /** Pages of a PDF. A bound volume of a city has some hundreds. */
  pdfPages: 2_000,
  /** Drawing operators of a page. A full page of a form has some 3,000; one drawn as outlines some 100,000. */
  pdfOperators: 1_000_000,
  /** Characters of a page. A full A3 page of small print has some 10,000. */
  pdfGlyphs: 100_000,
  /** Characters of all pages: some 200 bytes each while they are read. */
  pdfFileGlyphs: 1_000_000,
  /** Straight rules of a page, dashes one by one. */
  pdfRules: 200_000,
  /** Lines of the lattice of one table on one page, across or down. */
  pdfLines: 1_000,
  /** Saved states of drawing, one in another. */
  pdfDepth: 1_000,
  /** Depth of tables in tables; deeper ones give their text to the cell they stand in. */
  tableDepth: 8,
} as const;
