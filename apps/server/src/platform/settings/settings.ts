import { ROLES, type Role } from "@jiheng/workflow";

/** An identity provider of OpenID Connect that people may log in with. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the login page calls it. */
  readonly label: string;
  /** Whether its second factor stands for ours. */
  readonly hasSecondFactor: boolean;
}

/** Everything an operator decides about a running server. Durations in milliseconds, sizes in bytes. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The origin browsers use; null on a machine of its own, where only loopback names are answered. */
  readonly origin: string | null;
  /** Addresses of proxies whose X-Forwarded-* are believed. */
  readonly trustedProxies: readonly string[];
  /** Of a demonstration: the accounts and their password stand on the login page. */
  readonly demo: { readonly password: string } | null;
  /** Whether every answer is held against its schema before it is sent: in tests and development. */
  readonly checkAnswers: boolean;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Who may read /metrics from elsewhere than this machine; null for nobody. */
  readonly metricsToken: string | null;
  readonly limits: {
    readonly body: number;
    readonly header: number;
    readonly upload: number;
    readonly uploadsTogether: number;
    readonly uploads: number;
    readonly receive: number;
    /** How long what runs may take to finish when the server stops. */
    readonly stop: number;
    readonly streamsPerAccount: number;
  };
  /** Requests a minute. */
  readonly rates: {
    readonly account: number;
    readonly address: number;
    readonly loginsByName: number;
    readonly loginsByAddress: number;
  };
  readonly session: { readonly idle: number; readonly absolute: number };
  readonly password: {
    readonly length: number;
    readonly history: number;
    readonly age: number;
    /** Of argon2id. */
    readonly memoryKiB: number;
    readonly passes: number;
  };
  /** After so many failures the account is locked for `first`, twice as long each further time, at most `longest`. */
  readonly lockout: { readonly after: number; readonly first: number; readonly longest: number };
  /** Roles that may not work without a second factor. */
  readonly secondFactorFor: readonly Role[];
  readonly oidc: OidcSettings | null;
  /** Which addresses events may be sent to beside those of the internet over https: `private`, inner networks and http; `loopback`, this machine, in tests. */
  readonly webhooks: { readonly private: boolean; readonly loopback: boolean };
  /** What the first setup asks for; null where none is possible. */
  readonly setupCode: string | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIB = 2 ** 20;

/** What holds where the operator says nothing: loopback only, deny by default, no demonstration. */
export const DEFAULT_SETTINGS: Settings = {
  host: "127.0.0.1",
  port: 8080,
  origin: null,
  trustedProxies: [],
  demo: null,
  checkAnswers: false,
  logLevel: "info",
  metricsToken: null,
  limits: {
    body: MIB,
    header: 16 * 1024,
    upload: 20 * MIB,
    uploadsTogether: 100 * MIB,
    uploads: 200,
    receive: 2 * MINUTE,
    stop: 20_000,
    streamsPerAccount: 8,
  },
  rates: { account: 900, address: 900, loginsByName: 10, loginsByAddress: 120 },
  session: { idle: 30 * MINUTE, absolute: 12 * HOUR },
  password: { length: 10, history: 5, age: 90 * DAY, memoryKiB: 19_456, passes: 2 },
  lockout: { after: 5, first: 5 * MINUTE, longest: 24 * HOUR },
  secondFactorFor: [],
  oidc: null,
  webhooks: { private: false, loopback: false },
  setupCode: null,
};

/** The settings of an environment: what it says over what holds by default, or what is wrong with it, in Chinese. */
export function settingsFrom(
  env: Readonly<Record<string, string | undefined>>,
):
  | { readonly kind: "settings"; readonly settings: Settings }
  | { readonly kind: "wrong"; readonly says: string[] } {
  const says: string[] = [];
  const read = <T>(name: string, otherwise: T, parse: (text: string) => T | null, wants: string): T => {
    const text = env[name];
    if (text === undefined || text === "") return otherwise;
    const value = parse(text);
    if (value !== null) return value;
    says.push(`环境变量 ${name} 的值“${text}”不对：${wants}`);
    return otherwise;
  };
  const count = (name: string, otherwise: number, least: number, most: number) =>
    read(
      name,
      otherwise,
      (text) => (/^\d{1,9}$/.test(text) && +text >= least && +text <= most ? +text : null),
      `须为 ${least} 至 ${most} 的整数`,
    );
  const base = DEFAULT_SETTINGS;
  const origin = read(
    "JIHENG_ORIGIN",
    base.origin,
    originOf,
    "须为网址，如 https://jx.example.gov.cn，不带路径",
  );
  const settings: Settings = {
    ...base,
    origin,
    trustedProxies: (env.JIHENG_TRUSTED_PROXIES ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
    checkAnswers: read("JIHENG_CHECK_ANSWERS", base.checkAnswers, flag, "须为 yes 或 no"),
    logLevel: read(
      "JIHENG_LOG_LEVEL",
      base.logLevel,
      (text) => (isLevel(text) ? text : null),
      "须为 debug、info、warn、error 或 silent",
    ),
    metricsToken: env.JIHENG_METRICS_TOKEN || null,
    limits: {
      ...base.limits,
      upload: count("JIHENG_UPLOAD_MIB", base.limits.upload / MIB, 1, 200) * MIB,
      uploads: count("JIHENG_UPLOADS", base.limits.uploads, 1, 2_000),
    },
    rates: {
      ...base.rates,
      account: count("JIHENG_RATE_ACCOUNT", base.rates.account, 10, 1_000_000),
      address: count("JIHENG_RATE_ADDRESS", base.rates.address, 10, 1_000_000),
      loginsByName: count("JIHENG_RATE_LOGINS_BY_NAME", base.rates.loginsByName, 1, 1_000_000),
      loginsByAddress: count("JIHENG_RATE_LOGINS_BY_ADDRESS", base.rates.loginsByAddress, 1, 1_000_000),
    },
    session: {
      idle: count("JIHENG_SESSION_IDLE_MINUTES", base.session.idle / MINUTE, 1, 1_440) * MINUTE,
      absolute: count("JIHENG_SESSION_HOURS", base.session.absolute / HOUR, 1, 72) * HOUR,
    },
    password: {
      ...base.password,
      length: count("JIHENG_PASSWORD_LENGTH", base.password.length, 8, 64),
      age: count("JIHENG_PASSWORD_DAYS", base.password.age / DAY, 1, 3_650) * DAY,
    },
    secondFactorFor: read(
      "JIHENG_SECOND_FACTOR_FOR",
      base.secondFactorFor,
      rolesOf,
      `须为以逗号分隔的角色：${ROLES.join("、")}`,
    ),
    oidc: oidcFrom(env, says),
    webhooks: {
      ...base.webhooks,
      private: read("JIHENG_WEBHOOK_PRIVATE", base.webhooks.private, flag, "须为 yes 或 no"),
    },
    setupCode: env.JIHENG_SETUP_CODE || null,
  };
  return says.length > 0 ? { kind: "wrong", says } : { kind: "settings", settings };
}

/** Whether browsers reach the server over https: cookies are then marked so. */
export function isSecure(settings: Settings): boolean {
  return settings.origin?.startsWith("https:") ?? false;
}

function oidcFrom(env: Readonly<Record<string, string | undefined>>, says: string[]): OidcSettings | null {
  const issuer = env.JIHENG_OIDC_ISSUER;
  if (!issuer) return null;
  const { JIHENG_OIDC_CLIENT_ID: clientId, JIHENG_OIDC_CLIENT_SECRET: clientSecret } = env;
  if (!URL.canParse(issuer)) says.push("环境变量 JIHENG_OIDC_ISSUER 须为网址");
  if (!clientId || !clientSecret) {
    says.push("用 OpenID Connect 登录须同时给出 JIHENG_OIDC_CLIENT_ID 和 JIHENG_OIDC_CLIENT_SECRET");
    return null;
  }
  return {
    issuer,
    clientId,
    clientSecret,
    label: env.JIHENG_OIDC_LABEL || "统一身份认证",
    hasSecondFactor: flag(env.JIHENG_OIDC_SECOND_FACTOR ?? "") ?? false,
  };
}

function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, pathname, search, origin } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === "/" && search === "" ? origin : null;
}

function flag(text: string): boolean | null {
  return text === "yes" ? true : text === "no" ? false : null;
}

function isLevel(text: string): text is Settings["logLevel"] {
  return ["debug", "info", "warn", "error", "silent"].includes(text);
}

function rolesOf(text: string): Role[] | null {
  const names = text.split(",").map((part) => part.trim());
  const roles = ROLES.filter((role) => names.includes(role));
  return roles.length === names.length ? roles : null;
}
