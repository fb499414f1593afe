/** An episode recorded for training: what the net read and chose, and what there was to believe in after each step. */
import type { Trajectory } from '../../contract/trajectory.ts';
import type { NanoEpisode, NanoPolicy, Transcribed, Transcript } from '../../inquiry/policies/nano/index.ts';
import type { BeliefInput, Policy } from '../../inquiry/policy.ts';

export interface Recorded {
  readonly trajectory: Trajectory;
  readonly transcript: Transcript;
  /** What the belief was read from: before any look, then after each step. */
  readonly inputs: readonly BeliefInput[];
}

export interface Recording extends Policy {
  /** Of the episode that this policy has run, whose trajectory that is. */
  record(trajectory: Trajectory): Recorded;
}

/** A policy that writes down its episode, once: `policy` is made for it. */
export const recorded = (policy: NanoPolicy | Transcribed): Recording =>
  recording('transcript' in policy ? policy : policy.forEpisode());

/** The same for a policy that says what the nano policy could not: there is nothing to be learned from its words. */
export const observed = (policy: Policy): Recording =>
  recording({ ...(policy.forEpisode?.() ?? policy), transcript: { positions: [], choices: [], actions: [] } });

function recording(own: Transcribed | NanoEpisode): Recording {
  const inputs: BeliefInput[] = [];
  return {
    name: own.name,
    version: own.version,
    opens: own.opens,
    readBelief(input) {
      inputs.push(input);
      return own.readBelief(input);
    },
    decide: (view, random, signal) => own.decide(view, random, signal),
    record: (trajectory) => ({ trajectory, transcript: own.transcript, inputs }),
  };
}
