import { type ThemeConfig, theme } from "antd";

/** Restrained and dense, as people work all day in it: one blue, small corners, the system's own Chinese face. */
export function themeFor(isDark: boolean): ThemeConfig {
  return {
    algorithm: isDark
      ? [theme.darkAlgorithm, theme.compactAlgorithm]
      : [theme.defaultAlgorithm, theme.compactAlgorithm],
    token: {
      colorPrimary: "#1f5fa8",
      borderRadius: 3,
      fontSize: 14,
      fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      motion: false,
    },
  };
}
