import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { call, Refused, rememberCsrf } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";

type Session = Answered<"getSession">;
type Profile = Answered<"getProfile">;

interface SessionState {
  /** `unknown` until the server said; null where nobody is logged in. */
  readonly session: Session | "unknown" | null;
  readonly profile: Profile | null;
  readonly enter: (session: Session) => Promise<void>;
  readonly leave: () => Promise<void>;
}

const Context = createContext<SessionState | null>(null);

/** Asks once who is here, and keeps it for all pages. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<SessionState["session"]>("unknown");
  const [profile, setProfile] = useState<Profile | null>(null);
  const queries = useQueryClient();
  const enter = useCallback(async (found: Session) => {
    rememberCsrf(found.csrf);
    const mine = found.standing === "complete" ? (await call("getProfile")).body : null;
    setProfile(mine);
    setSession(found);
  }, []);
  useEffect(() => {
    call("getSession").then(
      ({ body }) => enter(body),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        setSession(null);
      },
    );
  }, [enter]);
  const leave = useCallback(async () => {
    await call("logOut").catch(() => {});
    rememberCsrf(null);
    queries.clear();
    setProfile(null);
    setSession(null);
  }, [queries]);
  const state = useMemo(() => ({ session, profile, enter, leave }), [session, profile, enter, leave]);
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

/** The session of this page. */
export function useSession(): SessionState {
  const state = useContext(Context);
  if (!state) throw new Error("useSession outside of SessionProvider");
  return state;
}
