import { COMMAND_TITLES, COMMANDS, type CommandName, transitionOf } from "../lifecycle/transitions.ts";
import type { RefusalCode } from "../refusal.ts";
import type { Actor, Subject } from "../vocabulary.ts";
import { may, rolesEver } from "./may.ts";

/** A command as a button: whether it can be pressed now, and where not, why. */
export interface Button {
  readonly command: CommandName;
  readonly title: string;
  /** Whether a reason must, may or need not be given. */
  readonly reason: "required" | "optional" | "none";
  readonly refused: { readonly code: RefusalCode; readonly says: string } | null;
}

/** The commands of a submission that the actor's roles could ever carry out, in order, with those impossible now and why. */
export function buttons(actor: Actor, subject: Subject, at: string): readonly Button[] {
  return COMMANDS.filter((command) =>
    rolesEver(command, subject.kind, subject.isRollup).some((role) =>
      actor.grants.some((grant) => grant.role === role),
    ),
  ).map((command) => {
    const answer = may(actor, command, subject, at);
    const { kind, state, desk } = subject;
    const row = kind === null || state === null ? null : transitionOf(kind, { state, desk }, command);
    return {
      command,
      title: COMMAND_TITLES[command],
      reason: row?.reason ?? "none",
      refused: answer.kind === "allowed" ? null : { code: answer.code, says: answer.says },
    };
  });
}
