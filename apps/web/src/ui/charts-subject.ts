import { createContext } from "react";

/**
 * What the charts of a page are about, part by part: year, body, which forms count. A picture that is taken away says it under its
 * title, a file in its name; on the page the filter above the charts does.
 */
export const ChartsSubject = createContext<readonly string[]>([]);
