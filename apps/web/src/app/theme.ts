import { type ThemeConfig, theme } from "antd";

/** Every pair of words and ground is at least 4.5 to 1 (WCAG 2.2 AA); the colours of the library are not. */
const LIGHT = {
  colorPrimary: "#1f5fa8",
  colorInfo: "#1f5fa8",
  colorLink: "#1a559b",
  colorLinkHover: "#12406f",
  colorLinkActive: "#12406f",
  colorError: "#b42318",
  colorWarning: "#855200",
  colorSuccess: "#1b6b3f",
  // The library makes grey grounds of colours as dark as these.
  colorInfoBg: "#eaf2fb",
  colorInfoBorder: "#a9c8ea",
  colorErrorBg: "#fdeeec",
  colorErrorBorder: "#eeb4ae",
  colorWarningBg: "#fff4dc",
  colorWarningBorder: "#dfbd7c",
  colorSuccessBg: "#e9f6ee",
  colorSuccessBorder: "#a5d3b8",
  controlItemBgActive: "#e3eefa",
  controlItemBgActiveHover: "#d5e5f6",
};
const DARK = {
  colorPrimary: "#3b82d0",
  colorInfo: "#5b9ee6",
  colorLink: "#8abcf2",
  colorLinkHover: "#b3d4f8",
  colorLinkActive: "#b3d4f8",
  colorError: "#ff8a80",
  colorWarning: "#f0b455",
  colorSuccess: "#6fce97",
};

/** Restrained and dense, as people work all day in it: one blue, small corners, the system's own Chinese face. */
export function themeFor(isDark: boolean): ThemeConfig {
  const quiet = isDark ? "rgba(255, 255, 255, 0.65)" : "rgba(0, 0, 0, 0.62)";
  return {
    algorithm: isDark
      ? [theme.darkAlgorithm, theme.compactAlgorithm]
      : [theme.defaultAlgorithm, theme.compactAlgorithm],
    token: {
      ...(isDark ? DARK : LIGHT),
      colorTextTertiary: quiet,
      colorTextDescription: quiet,
      colorTextPlaceholder: quiet,
      colorTextDisabled: quiet,
      borderRadius: 3,
      // The compact look takes two from it.
      fontSize: 16,
      fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
      motion: false,
    },
    components: isDark
      ? {
          Menu: { itemSelectedColor: DARK.colorLink },
          Tabs: {
            itemSelectedColor: DARK.colorLink,
            itemActiveColor: DARK.colorLink,
            itemHoverColor: DARK.colorLink,
          },
          // What is under the pointer is read too.
          Button: { colorPrimaryHover: "#3474bd" },
          Table: { rowSelectedHoverBg: "#1b3450" },
        }
      : {},
  };
}
