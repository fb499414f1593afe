/** A policy that may not use one of its operators: what is left keeps its proportions. */
import { tokens } from '../../inquiry/grammar.ts';
import { lookOperators } from '../../inquiry/operators.ts';
import type { NanoEpisode, NanoPolicy } from '../../inquiry/policies/nano/index.ts';
import type { PolicyView } from '../../inquiry/policy.ts';

/** FINAL cannot be taken away. */
export const removable = ['THINK', ...lookOperators] as const;
export type Removable = (typeof removable)[number];

export function withoutOperator(policy: NanoPolicy, operator: Removable): NanoPolicy {
  const restricted = (view: PolicyView): PolicyView => ({
    ...view,
    allowedTokens(prefix) {
      const allowed = view.allowedTokens(prefix);
      return prefix.length === 0 ? allowed.filter((id) => id !== tokens[operator]) : allowed;
    },
    chargeOf: (action) =>
      action.operator === operator ? { ...view.chargeOf(action), allowed: false } : view.chargeOf(action),
  });
  return {
    ...policy,
    decide: (view, random, signal) => policy.decide(restricted(view), random, signal),
    forEpisode(): NanoEpisode {
      const episode = policy.forEpisode();
      return {
        ...{ name: episode.name, version: episode.version, opens: episode.opens },
        get transcript() {
          return episode.transcript;
        },
        readBelief: (input) => episode.readBelief(input),
        decide: (view, random, signal) => episode.decide(restricted(view), random, signal),
      };
    },
  };
}
