import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What the provider gets wrong on purpose. */
export type Trick = "none" | "nonce" | "audience" | "signature" | "issuer" | "expired";

/** A small identity provider of OpenID Connect on this machine. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is logged in there. */
  subject: string;
  trick: Trick;
  /** Follows the address a browser was sent to; answers where it is sent back. */
  readonly authorize: (address: string) => URL;
  readonly close: () => Promise<void>;
}

/** Starts it: discovery, keys and token endpoint; the code is bound to the challenge, and is good once. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, { nonce: string; challenge: string; redirect: string }>();
  const http = createServer();
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider: IdentityProvider = {
    ...{ issuer, clientId: "jiheng", clientSecret: "client-secret-of-the-test" },
    subject: "person-1",
    trick: "none",
    authorize: (address) => {
      const { searchParams: query } = new URL(address);
      const wants = ["response_type", "client_id", "redirect_uri", "code_challenge", "state", "nonce"];
      for (const key of wants) if (!query.get(key)) throw new Error(`no ${key} in the authorization request`);
      if (query.get("code_challenge_method") !== "S256") throw new Error("the challenge is no S256");
      const code = randomUUID();
      const redirect = query.get("redirect_uri") ?? "";
      codes.set(code, {
        nonce: query.get("nonce") ?? "",
        challenge: query.get("code_challenge") ?? "",
        redirect,
      });
      const back = new URL(redirect);
      back.searchParams.set("code", code);
      back.searchParams.set("state", query.get("state") ?? "");
      return back;
    },
    close: () => new Promise<void>((closed) => void http.close(() => closed())),
  };
  const token = (nonce: string): string => {
    const { trick, subject, clientId } = provider;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: trick === "issuer" ? "http://127.0.0.1:1" : issuer,
      sub: subject,
      aud: trick === "audience" ? "somebody-else" : clientId,
      iat: trick === "expired" ? now - 7_200 : now,
      exp: trick === "expired" ? now - 3_600 : now + 300,
      nonce: trick === "nonce" ? "another" : nonce,
    };
    const text = [{ alg: "RS256", typ: "JWT", kid: "1" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const key = trick === "signature" ? other.privateKey : privateKey;
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  };
  http.on("request", async (request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration")
      return send(200, {
        ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
        ...{
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
        },
        ...{ id_token_signing_alg_values_supported: ["RS256"], code_challenge_methods_supported: ["S256"] },
      });
    if (request.url === "/keys")
      return send(200, {
        keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", use: "sig", alg: "RS256" }],
      });
    const form = new URLSearchParams(await bodyOf(request));
    const kept = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!kept || kept.challenge !== challenge || kept.redirect !== form.get("redirect_uri"))
      return send(400, { error: "invalid_grant" });
    return send(200, {
      access_token: "unused",
      token_type: "Bearer",
      expires_in: 60,
      id_token: token(kept.nonce),
    });
  });
  return provider;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}
