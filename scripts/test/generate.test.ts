import { expect, test } from "vitest";
import { packageGraph, replacePart } from "../generate.mjs";

test("a generated part is replaced between its markers and nothing else changes", () => {
  const page = "before\n<!-- generated: graph -->\nold\n<!-- end of graph -->\nafter\n";
  expect(replacePart(page, "graph", "new\n")).toBe(
    "before\n<!-- generated: graph -->\nnew\n<!-- end of graph -->\nafter\n",
  );
  expect(() => replacePart("no markers", "graph", "new")).toThrow("markers");
});

test("the graph is dotted where only types are taken", () => {
  const dependency = (resolved: string, ...dependencyTypes: string[]) => ({ resolved, dependencyTypes });
  const graph = packageGraph([
    {
      source: "packages/audit/src/a.ts",
      dependencies: [
        dependency("packages/domain/src/index.ts", "local"),
        dependency("packages/domain/src/index.ts", "local", "type-only"),
        dependency("packages/law/src/index.ts", "local", "type-only"),
        dependency("packages/audit/src/b.ts", "local"),
        dependency("node_modules/zod/index.js", "npm"),
      ],
    },
    {
      source: "packages/law/test/a.test.ts",
      dependencies: [dependency("packages/audit/src/index.ts", "local")],
    },
  ]);
  expect(graph.split("\n").slice(2, -1)).toEqual(["  audit --> domain", "  audit -.-> law"]);
});
