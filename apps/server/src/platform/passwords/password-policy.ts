import { randomInt } from "node:crypto";
import type { Settings } from "../settings/settings.ts";

/** What passwords are guessed from first: fragments, in small letters. */
const COMMON = [
  ..."password passwd pass p@ssw0rd p@ssword admin administrator root guest user test demo login welcome".split(
    " ",
  ),
  ..."qwerty qwertyuiop asdfgh asdf zxcvbn zxcvbnm 1qaz2wsx 1qaz 2wsx qazwsx q1w2e3r4 1q2w3e4r abc abcd abcdef abc123".split(
    " ",
  ),
  ..."123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 987654321 654321 123123 112233 121212".split(
    " ",
  ),
  ..."000000 111111 222222 333333 444444 555555 666666 777777 888888 999999 00000000 11111111 88888888 66666666".split(
    " ",
  ),
  ..."5201314 520520 1314520 woaini woaini1314 iloveyou a123456 a1b2c3d4 147258369 159357 168168 518518".split(
    " ",
  ),
  ..."huawei huawei@123 admin@123 root@123 changeme letmein monkey dragon sunshine master superman secret".split(
    " ",
  ),
  ..."jixiao caizheng jiheng yusuan zhengfu 2019 2020 2021 2022 2023 2024 2025 2026 2027 @ # ! . _ -".split(
    " ",
  ),
].sort((one, other) => other.length - one.length);

/** Characters that must be left when everything common is taken away. */
const LEAST_LEFT = 4;

const CLASSES = [
  { pattern: /\p{Lu}/u, name: "大写字母" },
  { pattern: /\p{Ll}/u, name: "小写字母" },
  { pattern: /\p{N}/u, name: "数字" },
  { pattern: /[^\p{L}\p{N}\s]/u, name: "符号" },
];

/** What of the person a password must not hold. */
export interface PasswordOwner {
  readonly login: string;
  readonly name: string;
}

/** Why a password is not good enough (身份鉴别信息应具有复杂度要求), in Chinese; empty where it is. History and age are asked elsewhere. */
export function passwordFaults(
  password: string,
  owner: PasswordOwner,
  { length }: Settings["password"],
): string[] {
  const faults: string[] = [];
  const lower = password.normalize("NFKC").toLowerCase();
  if ([...password].length < length) faults.push(`不少于 ${length} 个字符`);
  const present = CLASSES.filter(({ pattern }) => pattern.test(password));
  if (present.length < 3) faults.push("大写字母、小写字母、数字、符号中至少用三类");
  if (new Set(lower).size < 6) faults.push("不同的字符太少");
  const login = owner.login.toLowerCase();
  const names = [login, owner.name.toLowerCase()].filter((name) => [...name].length >= 2);
  const isNamed = names.some((name) => lower.includes(name));
  if (isNamed) faults.push("不能包含登录名或姓名");
  if (withoutCommon(lower).length < LEAST_LEFT) faults.push("不能是常见密码或常见片段的拼接");
  return faults;
}

function withoutCommon(password: string): string {
  return COMMON.reduce((left, fragment) => left.replaceAll(fragment, ""), password);
}

/** Letters that are not mistaken for each other when they are read out. */
const LETTERS = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "@#%+=?"] as const;

/** A one-time password of some 85 bits that satisfies the policy. It begins with a letter: a list of them opens in a spreadsheet as it is. */
export function newOneTimePassword(): string {
  const all = LETTERS.join("");
  const pick = (from: string) => from[randomInt(from.length)] as string;
  const [capitals, ...others] = LETTERS;
  const letters = [...others.map(pick), ...Array.from({ length: 12 }, () => pick(all))];
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [letters[at], letters[other]] = [letters[other] as string, letters[at] as string];
  }
  return pick(capitals) + letters.join("");
}
