import { openArchive } from "./readers/archive.ts";
import { RefusedError } from "./readers/refusals.ts";

/** A file out of an archive, with the folders it lies in left out of its name. */
export interface UnpackedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What an archive of files held, and what could not be taken out of it: `what` is Chinese, without a full stop. */
export interface Unpacked {
  readonly files: readonly UnpackedFile[];
  readonly leftOut: readonly { readonly name: string; readonly what: string }[];
}

/**
 * Takes the files out of a zip archive that somebody packed, within the bounds every archive is read in. One that is encrypted,
 * damaged or too large is left out and named, and spoils none of the others; an archive that cannot be opened at all is one such.
 */
export function unpack(name: string, bytes: Uint8Array): Unpacked {
  const files: UnpackedFile[] = [];
  const leftOut: { name: string; what: string }[] = [];
  const attempt = (of: string, take: () => void): void => {
    try {
      take();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      leftOut.push({ name: of, what: error.refusal.what });
    }
  };
  attempt(name, () => {
    const archive = openArchive(bytes);
    for (const path of archive.names) {
      // Folders have entries of their own; the Finder adds a shadow of every file.
      if (path.endsWith("/") || path.startsWith("__MACOSX/")) continue;
      attempt(path, () => {
        const pieces: Uint8Array[] = [];
        archive.stream(path, (piece) => pieces.push(piece.slice()));
        files.push({ name: path.slice(path.lastIndexOf("/") + 1), bytes: joined(pieces) });
      });
    }
  });
  return { files, leftOut };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
