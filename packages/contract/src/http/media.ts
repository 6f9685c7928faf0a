/** The media type of every kind of file that is sent. */
export const MEDIA_TYPES = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
  html: "text/html",
  json: "application/json",
  csv: "text/csv",
  jsonl: "application/x-ndjson",
  zip: "application/zip",
} as const;
