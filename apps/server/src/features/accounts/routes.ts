import {
  beginOidc,
  changePassword,
  confirmEnrolment,
  confirmSecondFactor,
  createToken,
  endOtherSessions,
  endSession,
  enrolSecondFactor,
  finishOidc,
  getInstallation,
  getProfile,
  getSession,
  linkOidc,
  listSessions,
  listTokens,
  logIn,
  logOut,
  removeSecondFactor,
  revokeToken,
  setUp,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { changeOwnPassword, confirmCode, confirmEnrolled, enrol, removeOwn } from "./credentials.ts";
import { firstSetup, installation } from "./installation.ts";
import { logInWith } from "./log-in.ts";
import { beginBinding, beginLogin, finish } from "./oidc.ts";
import {
  endOne,
  endOthers,
  endOwn,
  endToken,
  newToken,
  ownSession,
  ownSessions,
  ownTokens,
  profile,
} from "./own.ts";

/** How people and programs are known, and what they do about their own account. */
export const accountRoutes: readonly FeatureRoute[] = [
  route(getInstallation, installation),
  route(setUp, firstSetup),
  route(logIn, logInWith),
  route(confirmSecondFactor, confirmCode),
  route(getSession, ownSession),
  route(logOut, endOwn),
  route(beginOidc, beginLogin),
  route(finishOidc, finish),
  route(linkOidc, beginBinding),
  route(getProfile, profile),
  route(changePassword, changeOwnPassword),
  route(enrolSecondFactor, enrol),
  route(confirmEnrolment, confirmEnrolled),
  route(removeSecondFactor, removeOwn),
  route(listSessions, ownSessions),
  route(endSession, endOne),
  route(endOtherSessions, endOthers),
  route(listTokens, ownTokens),
  route(createToken, newToken),
  route(revokeToken, endToken),
];
