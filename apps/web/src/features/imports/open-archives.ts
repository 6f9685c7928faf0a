import { t } from "../../i18n/words.ts";
import { type Dropped, isArchive, type LeftOut } from "./gather.ts";
import type { Packed, Taken } from "./unpack.worker.ts";

const PACKED_AT_MOST = 200 * 1024 * 1024;

/** The files with those in place of a zip archive that are in it, and what could not be taken out. */
export async function openArchives(dropped: Dropped): Promise<Dropped> {
  if (!dropped.files.some(isArchive)) return dropped;
  const files: File[] = [];
  const leftOut: LeftOut[] = [...dropped.leftOut];
  const worker = new Worker(new URL("./unpack.worker.ts", import.meta.url), { type: "module" });
  try {
    for (const file of dropped.files) {
      if (!isArchive(file)) {
        files.push(file);
        continue;
      }
      const { name } = file;
      if (file.size > PACKED_AT_MOST) {
        leftOut.push({ name, says: t("压缩包超过 200 MB。请解压后分几次选其中的文件。") });
        continue;
      }
      const taken = await takenApart(worker, file);
      if (taken === null) {
        leftOut.push({ name, says: t("压缩包打不开。请解压后再选其中的文件。") });
        continue;
      }
      files.push(...taken.files.map((each) => new File([each.bytes], each.name)));
      for (const each of taken.leftOut)
        leftOut.push({
          name: each.name === name ? name : `${name}：${each.name}`,
          says: t("{{what}}。请解压后再选其中的文件。", { what: each.what }),
        });
      if (taken.files.length + taken.leftOut.length === 0)
        leftOut.push({ name, says: t("压缩包里没有文件。请核对是否选错了。") });
    }
  } finally {
    worker.terminate();
  }
  return { files, leftOut };
}

async function takenApart(worker: Worker, file: File): Promise<Taken> {
  const bytes = await file.arrayBuffer();
  const packed: Packed = { name: file.name, bytes };
  return new Promise((done) => {
    worker.onmessage = ({ data }: MessageEvent<Taken>) => done(data);
    worker.onerror = () => done(null);
    worker.postMessage(packed, [bytes]);
  });
}
