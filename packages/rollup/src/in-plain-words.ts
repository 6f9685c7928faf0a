const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/（--[^）]*）/g, ""],
  [/用 --(?:apart|strictest) .*? (?=分列|取最)/g, "选择"],
  [/确认后用 --merge .*? 合并/g, "确认后可以合并"],
  [/可用 --(?:denominator|once) .*? (?=按它加权|只计一次)/g, "可以"],
  [/去掉 --once/g, "取消“只计一次”"],
  [/请用 --template 指定汇总表的表式，例如 --template \S+/g, "请选择汇总表的表样"],
];

/** A sentence of the engine as said to people who press buttons: without the options of the command line. */
export function inPlainWords(says: string): string {
  return OPTIONS.reduce((text, [option, words]) => text.replace(option, words), says);
}
