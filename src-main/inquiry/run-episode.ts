/** The agent loop: a policy and its environment, turn by turn, from the opening look to FINAL. */
import type { Claim } from '../contract/claim.ts';
import { defaultClassIds, normalClass, unusualClass } from '../contract/taxonomy.ts';
import {
  trajectoryFormat,
  type Budget,
  type Reflection,
  type Trajectory,
  type TrajectorySource,
} from '../contract/trajectory.ts';
import type { Interval } from '../math/interval.ts';
import { randomFrom } from '../math/random.ts';
import { attributeNames } from '../perception/attributes.ts';
import { Environment, stored } from './environment.ts';
import { anchorOf, type Grid } from './episodes.ts';
import { explain } from './explanation.ts';
import { attributeCount, classCount, grammarVersion, type Lexicon } from './grammar.ts';
import { ticksPerSecond } from './lattice.ts';
import type { Decision, Policy } from './policy.ts';
import { flaggedSpans, type Thresholds, defaultThresholds } from './score.ts';
import type { Watcher } from './watcher.ts';

export interface EpisodeRequest {
  readonly policy: Policy;
  readonly watcher: Watcher;
  /** Seconds of the recording; `start` is a whole second. */
  readonly episode: Interval;
  readonly budget: Budget;
  readonly seed: number | string;
  /** What the lattice of looks starts from; by default the activity. `recording` goes with its episodes (`episodesOf`). */
  readonly grid?: Grid;
  /** Classes asked for; empty (the default) for anything unusual. */
  readonly question?: readonly string[];
  readonly thresholds?: Thresholds;
  /** What the trajectory is stored with; a function is called after the last look. No policy sees it. */
  readonly source?: Partial<TrajectorySource> | (() => Partial<TrajectorySource>);
  /** Milliseconds of any clock; without one the limit of seconds is never reached. */
  readonly clockMs?: () => number;
  readonly signal?: AbortSignal;
}

/** An interval that deserves a look, in seconds of the recording. */
export interface FlaggedInterval extends Interval {
  readonly class: string;
  readonly score: number;
  readonly claims: readonly Claim[];
}

export interface EpisodeResult {
  readonly trajectory: Trajectory;
  readonly flags: readonly FlaggedInterval[];
  /** Frame-level score per second from the episode's start. */
  readonly scores: readonly number[];
  /** New frames that were asked for. */
  readonly framesObserved: number;
}

/**
 * Runs one episode (SPEC E1 to E6). The same request gives the same result; only `seconds` depend on the clock.
 * @throws what the watcher throws; the signal's reason where it was aborted; AppError `internal` where a policy does
 * what it is not allowed to
 */
export async function runEpisode(request: EpisodeRequest): Promise<EpisodeResult> {
  const { watcher, episode, budget, seed, signal } = request;
  const policy = request.policy.forEpisode?.() ?? request.policy;
  const question = (request.question ?? []).filter((id) => id !== normalClass);
  const anchor = anchorOf(watcher.activity, episode, request.grid ?? 'activity');
  const lexicon = lexiconFor(question);
  const startedMs = request.clockMs?.() ?? 0;
  const elapsed = () => Math.max(0, ((request.clockMs?.() ?? 0) - startedMs) / 1000);
  const environment = await Environment.begin({
    policy,
    watcher,
    episode,
    anchor,
    budget,
    question,
    lexicon,
    elapsed,
    ...(signal === undefined ? {} : { signal }),
  });
  const random = randomFrom(seed).fork(policy.name);
  const reflection: Partial<Reflection> = {};
  let forcedFinal: Trajectory['forcedFinal'] = null;

  signal?.throwIfAborted();
  if (policy.opens) await environment.open();
  while (!environment.ended) {
    signal?.throwIfAborted();
    const view = environment.view();
    forcedFinal = view.mustEnd ? environment.exhausted : null;
    const decision = await policy.decide(view, random, signal);
    Object.assign(reflection, decision.reflection);
    await environment.apply(view.mustEnd ? finalOf(decision) : decision);
  }

  const flags = flagsOf(environment, anchor, request.thresholds ?? defaultThresholds);
  const scores = environment.scoresAt(environment.binTimes()).map(stored);
  const trajectory: Trajectory = {
    format: trajectoryFormat,
    grammar: grammarVersion,
    lexicon: { classes: [...lexicon.classes], attributes: [...lexicon.attributes] },
    policy: { name: policy.name, version: policy.version },
    seed,
    source: { recording: null, perception: null, normality: null, ...sourceOf(request.source) },
    question,
    episode: { start: episode.start, end: episode.end },
    grid: { anchor, ticksPerSecond },
    budget: { ...budget },
    steps: environment.steps,
    looks: environment.storedLooks(),
    unseen: environment.storedUnseen(),
    reflection: completeReflection(reflection),
    forcedFinal,
    intervals: environment.intervals.map((interval) => ({
      start: anchor + interval.start,
      end: anchor + interval.end,
      class: interval.class,
      score: interval.score,
      claims: explain({
        span: interval,
        class: interval.class,
        anchor,
        looks: environment.looks,
        seen: environment.seen,
      }),
    })),
    scores,
    costs: environment.costs,
    seconds: elapsed(),
  };
  return { trajectory, flags, scores, framesObserved: environment.costs.newFrames };
}

/** The lexicon of an episode: the default classes, then those asked for, then the attributes of perception. */
function lexiconFor(question: readonly string[]): Lexicon {
  const classes = [...new Set<string>([...defaultClassIds, ...question])];
  if (classes.length > classCount || attributeNames.length > attributeCount) {
    throw new RangeError(`The action grammar has words for ${classCount} classes and ${attributeCount} attributes.`);
  }
  return { classes, attributes: attributeNames };
}

/** What a policy says when it can only end: its FINAL, or one without hypotheses. */
const finalOf = (decision: Decision): Decision =>
  decision.action.operator === 'FINAL'
    ? decision
    : { action: { operator: 'FINAL', hypotheses: [] }, reason: 'The budget ran out.' };

const sourceOf = (source: EpisodeRequest['source']) => (typeof source === 'function' ? source() : source);

const completeReflection = ({ initial, critique, revised }: Partial<Reflection>): Reflection | null =>
  initial === undefined ? null : { initial, critique: critique ?? '', revised: revised ?? initial };

/** Flagged intervals by hysteresis, with the class of the hypothesis that covers most, or the belief's most probable. */
function flagsOf(environment: Environment, anchor: number, thresholds: Thresholds): FlaggedInterval[] {
  const spans = flaggedSpans(environment.seen, (times) => environment.scoresAt(times), thresholds);
  return spans.map((span) => {
    const id = classOfSpan(environment, span);
    const { looks, seen } = environment;
    return {
      start: anchor + span.start,
      end: anchor + span.end,
      class: id,
      score: span.score,
      claims: explain({ span, class: id, anchor, looks, seen }),
    };
  });
}

function classOfSpan(environment: Environment, span: Interval): string {
  const covered = environment.intervals
    .map((interval) => ({
      class: interval.class,
      seconds: Math.min(interval.end, span.end) - Math.max(interval.start, span.start),
    }))
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds)[0];
  if (covered !== undefined) return covered.class;
  const probabilities = Object.entries(environment.steps.at(-1)?.belief.probabilities ?? {});
  const [likeliest] = probabilities.filter(([id]) => id !== normalClass).sort(([, a], [, b]) => b - a);
  return likeliest?.[0] ?? unusualClass;
}
