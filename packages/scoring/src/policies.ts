import { chongqing2021 } from "./packs/chongqing-2021.ts";
import { guangxi } from "./packs/guangxi.ts";
import { hebeiTianjin } from "./packs/hebei-tianjin.ts";
import { hubei2020 } from "./packs/hubei-2020.ts";
import { jiangxi2017 } from "./packs/jiangxi-2017.ts";
import { national2020 } from "./packs/national-2020.ts";
import { national2021Core } from "./packs/national-2021-core.ts";
import { pidu2025 } from "./packs/pidu-2025.ts";
import { provincialCommon } from "./packs/provincial-common.ts";
import { shanghaiBureau2024 } from "./packs/shanghai-bureau-2024.ts";
import { shanghaiPutuo2022 } from "./packs/shanghai-putuo-2022.ts";
import { sichuan2023 } from "./packs/sichuan-2023.ts";
import { sichuan2025 } from "./packs/sichuan-2025.ts";
import { suiyang } from "./packs/suiyang.ts";
import type { PolicyPack } from "./policy-pack.ts";

/** Every policy pack, in the order of the catalogue. */
export const POLICIES: readonly PolicyPack[] = [
  national2020,
  national2021Core,
  shanghaiBureau2024,
  shanghaiPutuo2022,
  provincialCommon,
  hebeiTianjin,
  guangxi,
  hubei2020,
  jiangxi2017,
  sichuan2023,
  sichuan2025,
  pidu2025,
  chongqing2021,
  suiyang,
];

/** The pack of an id, null where there is none. */
export function findPolicy(id: string): PolicyPack | null {
  return POLICIES.find((policy) => policy.id === id) ?? null;
}
