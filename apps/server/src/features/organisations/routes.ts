import {
  changeAccount,
  changeOrganisation,
  closeOrganisation,
  createAccount,
  createOrganisation,
  disableAccount,
  enableAccount,
  getAccount,
  getOrganisation,
  giveGrant,
  listAccounts,
  listOrganisations,
  lockAccount,
  moveOrganisation,
  recordRecusal,
  resetPassword,
  resetSecondFactor,
  revokeGrant,
  revokeTokenOf,
  unlockAccount,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import * as accounts from "./accounts.ts";
import * as grants from "./grants.ts";
import * as tree from "./tree.ts";

/** The tree of organisations, the accounts in it and what they may do. */
export const organisationRoutes: readonly FeatureRoute[] = [
  route(listOrganisations, tree.list),
  route(getOrganisation, tree.one),
  route(createOrganisation, tree.create),
  route(changeOrganisation, tree.change),
  route(moveOrganisation, tree.move),
  route(closeOrganisation, tree.close),
  route(listAccounts, accounts.list),
  route(getAccount, accounts.one),
  route(createAccount, accounts.create),
  route(changeAccount, accounts.change),
  route(disableAccount, accounts.disable),
  route(enableAccount, accounts.enable),
  route(lockAccount, accounts.lock),
  route(unlockAccount, accounts.unlock),
  route(resetPassword, accounts.resetOne),
  route(resetSecondFactor, accounts.resetFactor),
  route(revokeTokenOf, accounts.endTokenOf),
  route(giveGrant, grants.give),
  route(revokeGrant, grants.revoke),
  route(recordRecusal, grants.recuse),
];
