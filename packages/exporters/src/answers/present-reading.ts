import type { ReadAnswer } from "@jiheng/contract/read";
import type { Document, Form } from "@jiheng/domain";

type Engine = ReadAnswer["engine"];

/** A document with the hash of the file it was read from; null where its forms were not read from one. */
type PresentedDocument = Omit<Document, "sha256"> & { readonly sha256: string | null };

/** The answer of `read` in the contract: documents with their forms, as the interchange format prints them. */
export function presentReading(
  documents: readonly PresentedDocument[],
  engine: Engine,
): { readonly engine: Engine; readonly documents: readonly PresentedDocument[] } {
  return { engine, documents };
}

/** Forms as one JSON document of the interchange format, which every reader of it takes back; ends with a line break. */
export function writeJson(
  forms: readonly Form[],
  source: { readonly file: string; readonly sha256: string | null; readonly engine: Engine },
): string {
  const { engine, ...file } = source;
  return `${JSON.stringify(presentReading([{ ...file, notes: [], forms }], engine), null, 2)}\n`;
}
