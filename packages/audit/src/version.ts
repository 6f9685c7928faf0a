/** Version of the set of rules: raised whenever a finding can change, with an entry in the changelog. */
export const RULES_VERSION = "2026.11.4";
