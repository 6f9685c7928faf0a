/** A first form to practise on, led step by step; nothing of it is kept. */
export { GuidePage } from "./GuidePage.tsx";
