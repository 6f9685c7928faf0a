import { partsOf } from "./figures-in.ts";

/** A text whose figures are kept on one line each, with their units; words may still break. */
export function Unbroken({ text }: { readonly text: string }) {
  return partsOf(text).map(({ text: part, isFigure }, index) =>
    isFigure ? (
      // A part has no identity but its order.
      <span key={index} className="figure">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
