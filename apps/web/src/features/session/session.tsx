import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { call, Refused, rememberCsrf, whenLoggedOut } from "../../api/client.ts";
import type { Answered } from "../../api/operations-of.ts";

type Session = Answered<"getSession">;
type Profile = Answered<"getProfile">;

interface SessionState {
  /** `unknown` until the server said; null where nobody is logged in. */
  readonly session: Session | "unknown" | null;
  readonly profile: Profile | null;
  /** The session has ended while a page was open: it stays, with what was typed, beneath the question who is here. */
  readonly hasEnded: boolean;
  readonly enter: (session: Session) => Promise<void>;
  readonly leave: () => Promise<void>;
}

const Context = createContext<SessionState | null>(null);

/** Asks once who is here, and keeps it for all pages. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<SessionState["session"]>("unknown");
  const [profile, setProfile] = useState<Profile | null>(null);
  const [hasEnded, setEnded] = useState(false);
  const queries = useQueryClient();
  const enter = useCallback(
    async (found: Session) => {
      rememberCsrf(found.csrf);
      if (found.standing !== "complete") return setSession(found);
      const mine = (await call("getProfile")).body;
      setProfile((before) => {
        // Somebody else must not go on in the first one's pages.
        if (before !== null && before.account !== mine.account) location.assign("/");
        return mine;
      });
      setSession(found);
      setEnded(false);
      await queries.invalidateQueries();
    },
    [queries],
  );
  useEffect(() => {
    whenLoggedOut(() => setEnded(true));
    call("getSession").then(
      ({ body }) => enter(body),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        setSession(null);
      },
    );
    return () => whenLoggedOut(null);
  }, [enter]);
  const leave = useCallback(async () => {
    await call("logOut").catch(() => {});
    rememberCsrf(null);
    queries.clear();
    setProfile(null);
    setEnded(false);
    setSession(null);
  }, [queries]);
  const state = useMemo(
    () => ({ session, profile, hasEnded: hasEnded && profile !== null, enter, leave }),
    [session, profile, hasEnded, enter, leave],
  );
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

/** The session of this page. */
export function useSession(): SessionState {
  const state = useContext(Context);
  if (!state) throw new Error("useSession outside of SessionProvider");
  return state;
}
