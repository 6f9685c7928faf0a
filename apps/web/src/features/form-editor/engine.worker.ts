import { type Asked, look } from "./look.ts";

self.onmessage = ({ data }: MessageEvent<Asked>) => self.postMessage(look(data));
