/** Roll-ups: tried, made, traced, made again. */
export { NewRollUpPage } from "./NewRollUpPage.tsx";
export { RemakePage } from "./RemakePage.tsx";
export { RollUpPage } from "./RollUpPage.tsx";
export { RollUpsPage } from "./RollUpsPage.tsx";
