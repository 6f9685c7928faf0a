import { type Unpacked, unpack } from "@jiheng/importers";

/** An archive to be taken apart. */
export interface Packed {
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** What came of it: its files, or that the thread failed. */
export type Taken = Unpacked | null;

self.onmessage = ({ data: { name, bytes } }: MessageEvent<Packed>) => {
  let taken: Taken = null;
  try {
    taken = unpack(name, new Uint8Array(bytes));
  } catch {
    // Said by whoever asked.
  }
  self.postMessage(
    taken,
    (taken?.files ?? []).map((file) => file.bytes.buffer),
  );
};
