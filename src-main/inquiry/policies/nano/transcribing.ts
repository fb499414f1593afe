/** Another policy's episode as the nano net would read it: for imitation, and for what is stored. */
import type { Trajectory } from '../../../contract/trajectory.ts';
import { AppError } from '../../../contract/errors.ts';
import { tokensFromAction } from '../../grammar.ts';
import type { Policy } from '../../policy.ts';
import type { NanoWords } from './nano-config.ts';
import { sayable } from './nano-mask.ts';
import { Scribe, type Transcript } from './scribe.ts';

export interface Transcribed extends Policy {
  readonly transcript: Transcript;
}

/**
 * `policy` for one episode, written down turn by turn. Deciding throws RangeError where it says what the nano policy
 * could not.
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
      for (const [index, id] of ids.entries()) scribe.say(id, sayable(view, ids.slice(0, index), words), view);
      return decision;
    },
  };
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
