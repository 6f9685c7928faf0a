/** Builds the web application where its sources are newer than what was built; answers the folder. */
export function buildWeb(): Promise<string>;
