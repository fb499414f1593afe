/** Claims and paths into words of the window's language. */
import type { Claim } from '../../src-main/contract/claim.ts';
import { describeEvidence, type englishFor } from '../../src-main/contract/wording/en.ts';
import { currentWording as current } from './index.ts';

export const wording: typeof englishFor & {
  /** Each evidence frame with the sentence that it supports, in order of time, then of the claims. */
  evidence(claims: readonly Claim[]): { time: number; claim: string }[];
} = {
  class: (id) => current().class(id),
  reason: (id) => current().reason(id),
  claim: (claim) => current().claim(claim),
  explanation: (claims) => current().explanation(claims),
  position: (seconds) => current().position(seconds),
  measurement: (...given) => current().measurement(...given),
  action: (...given) => current().action(...given),
  observation: (...given) => current().observation(...given),
  measuredWith: (saw) => current().measuredWith(saw),
  outcome: (...given) => current().outcome(...given),
  gateReason: (check) => current().gateReason(check),
  error: (error) => current().error(error),
  kept: (sentence) => current().kept(sentence),
  doctorCheck: (check) => current().doctorCheck(check),
  evidence: (claims) => describeEvidence(claims, current().claim),
};
