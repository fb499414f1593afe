/** Another policy's episode as the nano net would read it: for imitation, and for what is stored. */
import type { Trajectory } from '../../../contract/trajectory.ts';
import { AppError } from '../../../contract/errors.ts';
import { tokens, tokensFromAction, tokensPerHypothesis } from '../../grammar.ts';
import type { Policy, PolicyView } from '../../policy.ts';
import { rowOfToken, type NanoWords } from './nano-config.ts';
import { choosable, sayable, type Sayable } from './nano-mask.ts';
import { Scribe, type Transcript } from './scribe.ts';

export interface Transcribed extends Policy {
  readonly transcript: Transcript;
}

/**
 * `policy` for one episode, written down turn by turn: each action among what the nano policy would have chosen from. A
 * FINAL that it would not have come to is written down with the same questions, whether to name what it names, and as what:
 * its pointers are no choices. Deciding throws RangeError where it says what the nano policy could not.
 */
export function transcribing(policy: Policy, words: NanoWords): Transcribed {
  const scribe = new Scribe(words);
  const inner = policy.forEpisode?.() ?? policy;
  return {
    name: inner.name,
    version: inner.version,
    opens: inner.opens,
    transcript: scribe,
    readBelief: (input) => inner.readBelief(input),
    async decide(view, random, signal) {
      const decision = await inner.decide(view, random, signal);
      scribe.begin(view);
      const ids = tokensFromAction(decision.action, view.lexicon);
      const asked = offersFor(ids, view, words);
      for (const [index, id] of ids.entries()) scribe.say(id, asked[index] ?? [], view);
      return decision;
    },
  };
}

/** What each token of the action was chosen from. */
function offersFor(ids: readonly number[], view: PolicyView, words: NanoWords): (readonly Sayable[])[] {
  const offers = (by: typeof choosable) => ids.map((_, index) => by(view, ids.slice(0, index), words));
  const row = (id: number) => rowOfToken(id, view.lexicon, words);
  const chosen = offers(choosable);
  const isItsOwn = chosen.every((offered, index) => offered.some((each) => each.row === row(ids[index] ?? NaN)));
  if (isItsOwn) return chosen;
  if (ids[0] !== tokens.FINAL) return offers(sayable);
  return offers(sayable).map((offered, index) => {
    const place = (index - 1) % tokensPerHypothesis;
    if (index === 0 || place === tokensPerHypothesis - 1) return offered;
    return offered.filter(({ id }) => id === ids[index] || (place === 0 && id === tokens.end));
  });
}

/**
 * A policy that does what a stored trajectory did, with the beliefs of `policy`. Deciding throws AppError
 * `invalid-argument` where the trajectory has no further action, because the episode now goes otherwise.
 */
export function retracing(trajectory: Pick<Trajectory, 'steps'>, policy: Policy): Policy {
  const actions = trajectory.steps.flatMap(({ action }) => action ?? []);
  return {
    name: policy.name,
    version: policy.version,
    opens: trajectory.steps[0]?.action === null,
    readBelief: (input) => policy.readBelief(input),
    decide(view) {
      const action = actions[view.taken.length];
      if (action === undefined || !view.chargeOf(action).allowed) {
        throw new AppError('invalid-argument', 'The stored trajectory does not fit what its recording shows now.');
      }
      return { action, reason: 'As before.' };
    },
  };
}
