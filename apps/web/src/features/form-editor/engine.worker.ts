import { type Asked, look } from "./look.worker.ts";

self.onmessage = ({ data }: MessageEvent<Asked>) => self.postMessage(look(data));
