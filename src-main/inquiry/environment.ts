/** The environment of an episode: applies actions, takes looks, charges for them and keeps the limits. */
import { AppError } from '../contract/errors.ts';
import { normalClass } from '../contract/taxonomy.ts';
import type { Action, Belief, Budget, Costs, Look, Step } from '../contract/trajectory.ts';
import { mergeIntervals, type Interval } from '../math/interval.ts';
import { marksOf } from './activity-marks.ts';
import { tokens, tokensFromAction, type Lexicon } from './grammar.ts';
import { intervalOfHypothesis, type EpisodeInterval } from './intervals.ts';
import { framesPerLook, intervalOfLevel } from './lattice.ts';
import { allowedTokens, forcedTokens, framesOfAction, isAllowed, type MaskState } from './mask.ts';
import { chargeOfPlan, framesCharged, openingPlan, planOf, type KeyOf, type SamplingPlan } from './operators.ts';
import type { ActivityMark, Decision, Policy, PolicyView, ReadOut } from './policy.ts';
import { batchesOf, thinned } from './sampling.ts';
import { scoreOfFrames, scoresAt, type EvidencePoint } from './score.ts';
import { storedLook, takeLook, viewOfLook, type TakenLook } from './taken-look.ts';
import type { Watcher } from './watcher.ts';

export interface EnvironmentOptions {
  readonly policy: Policy;
  readonly watcher: Watcher;
  /** Seconds of the recording. */
  readonly episode: Interval;
  readonly anchor: number;
  readonly budget: Budget;
  readonly question: readonly string[];
  readonly lexicon: Lexicon;
  /** Seconds since the episode began; always 0 where no clock was given. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal;
}

export class Environment {
  readonly steps: Step[] = [];
  readonly looks: TakenLook[] = [];
  ended = false;
  readonly #options: EnvironmentOptions;
  /** The episode, seconds after the anchor, as everything below. */
  readonly #episode: Interval;
  readonly #activity: readonly { readonly start: number; readonly level: number }[];
  readonly #classes: readonly string[];
  readonly #seen = new Set<number>();
  readonly #keyOf: KeyOf;
  readonly #thoughts: { attributes: readonly string[]; text: string }[] = [];
  readonly #taken: Action[] = [];
  #focus: Interval;
  #belief: ReadOut = { prior: 0, probabilities: {}, evidence: [] };
  #unseen: readonly EvidencePoint[] = [];
  #intervals: readonly EpisodeInterval[] = [];
  /** What the policy was shown last: its decision is held to that, whatever the clock says by then. */
  #shown: MaskState | null = null;
  #costs: Costs = { newFrames: 0, rereadFrames: 0, looks: 0, thoughts: 0 };

  /** The environment of an episode in which nothing was looked at; its policy may take time to say what it believes. */
  static async begin(options: EnvironmentOptions): Promise<Environment> {
    const environment = new Environment(options);
    environment.#belief = await environment.#readBelief();
    return environment;
  }

  private constructor(options: EnvironmentOptions) {
    const { anchor, episode, question, lexicon, watcher } = options;
    this.#options = options;
    this.#keyOf = (time, level) => watcher.keyOf(anchor + time, level);
    this.#episode = { start: episode.start - anchor, end: episode.end - anchor };
    this.#focus = openingPlan(this.#episode).focus ?? this.#episode;
    this.#classes = [normalClass, ...(question.length === 0 ? lexicon.classes : question)].filter(
      (id, index, all) => all.indexOf(id) === index,
    );
    this.#activity = marksOf(watcher.activity.activity, episode, anchor);
  }

  get costs(): Costs {
    return this.#costs;
  }

  get framesLeft(): number {
    const { newFrames, rereadFrames } = this.#costs;
    return this.#options.budget.frames - framesCharged({ newFrames, rereadFrames });
  }

  get stepsLeft(): number {
    return this.#options.budget.steps - this.#taken.length;
  }

  /** What leaves nothing but FINAL. */
  get exhausted(): 'steps' | 'seconds' | null {
    if (this.#options.elapsed() > this.#options.budget.seconds) return 'seconds';
    return this.stepsLeft < 2 ? 'steps' : null;
  }

  /** FINAL's hypotheses as intervals; empty before FINAL. */
  get intervals(): readonly EpisodeInterval[] {
    return this.#intervals;
  }

  /** The spans that were seen, disjoint and in order (SPEC F2). */
  get seen(): readonly Interval[] {
    return mergeIntervals(this.looks.flatMap((look) => look.frames.map(({ sight }) => sight)));
  }

  view(): PolicyView {
    const state = this.#maskState();
    this.#shown = state;
    const { question, lexicon } = this.#options;
    return {
      question,
      lexicon,
      classes: this.#classes,
      looks: this.looks.map((look) => viewOfLook(look, this.#focus.start)),
      activity: this.#marks(),
      focusSeconds: this.#focus.end - this.#focus.start,
      belief: this.#belief,
      thoughts: [...this.#thoughts],
      taken: [...this.#taken],
      framesLeft: state.framesLeft,
      stepsLeft: state.stepsLeft,
      mustEnd: state.mustEnd,
      chargeOf: (action) => ({ frames: framesOfAction(action, state), allowed: isAllowed(action, state) }),
      allowedTokens: (prefix) => allowedTokens(prefix, state),
    };
  }

  /** The opening look; as many frames of it as the budget pays for. */
  async open(): Promise<void> {
    const opening = openingPlan(this.#episode);
    const payable = Array.from({ length: framesPerLook + 1 }, (_, fewer) => thinned(opening, framesPerLook - fewer));
    const plan = payable.find((each) => framesCharged(chargeOfPlan(each, this.#seen, this.#keyOf)) <= this.framesLeft);
    if (plan !== undefined) await this.#look(plan, 0, 'opening-look');
    await this.#record(null, [], { reason: 'The fixed sparse look that opens every episode.' }, 0, false);
  }

  /**
   * Does what the policy decided.
   * @throws AppError `internal` where grammar or budget does not allow it: policies see what is allowed.
   */
  async apply(decision: Decision): Promise<void> {
    const { action } = decision;
    const state = this.#shown ?? this.#maskState();
    if (!isAllowed(action, state)) {
      throw new AppError(
        'internal',
        `Policy ${this.#options.policy.name} chose ${action.operator} where it is not allowed.`,
      );
    }
    const ids = tokensFromAction(action, this.#options.lexicon);
    const forced = forcedTokens(ids, state);
    const agent = ids.map((id, index) => ({ id, from: 'agent' as const, forced: forced[index] === true }));
    const firstLook = this.looks.length;
    const step = this.steps.length;
    if (action.operator === 'THINK') {
      this.#thoughts.push({ attributes: action.attributes, text: action.text });
      this.#costs = { ...this.#costs, thoughts: this.#costs.thoughts + 1 };
    } else if (action.operator === 'FINAL') {
      this.#intervals = action.hypotheses.map((hypothesis) => this.#intervalOf(hypothesis));
      this.ended = true;
    } else {
      await this.#look(planOf(action, state), step, decision.purpose ?? 'closer-look');
    }
    this.#taken.push(action);
    this.#shown = null;
    await this.#record(action, agent, decision, firstLook, state.mustEnd);
  }

  /** Frame-level scores at times in seconds after the anchor (SPEC S1, S2). */
  scoresAt(times: readonly number[]): number[] {
    return scoresAt(times, this.#evidence(), this.#belief.prior, this.#intervals);
  }

  /** Middle of each second of the episode, after the anchor; the last one may be shorter. */
  binTimes(): number[] {
    const { start, end } = this.#episode;
    return Array.from({ length: Math.ceil(end - start) }, (_, bin) => {
      const left = start + bin;
      return (left + Math.min(end, left + 1)) / 2;
    });
  }

  storedLooks(): Look[] {
    const { anchor } = this.#options;
    return this.looks.map((look, index) => storedLook(look, this.#belief.evidence[index] ?? [], anchor, this.#episode));
  }

  /** Evidence that comes from no frame, on the recording's axis of time. */
  storedUnseen(): EvidencePoint[] {
    return this.#unseen.map((point) => ({ ...point, time: this.#options.anchor + point.time }));
  }

  #intervalOf(hypothesis: Parameters<typeof intervalOfHypothesis>[0]): EpisodeInterval {
    return intervalOfHypothesis(hypothesis, this.looks, (inside) =>
      scoreOfFrames(
        this.looks.flatMap((look, index) =>
          look.frames.flatMap((frame, at) =>
            frame.asked >= inside.start && frame.asked < inside.end ? [this.#belief.evidence[index]?.[at] ?? 0] : [],
          ),
        ),
        this.#belief.prior,
      ),
    );
  }

  #maskState(): MaskState {
    const { lexicon, question } = this.#options;
    return {
      focus: this.#focus,
      episode: this.#episode,
      lexicon,
      question,
      seen: this.#seen,
      keyOf: this.#keyOf,
      observed: this.looks.map((look) => look.frames.map(({ asked }) => asked)),
      framesLeft: this.framesLeft,
      stepsLeft: this.stepsLeft,
      mustEnd: this.exhausted !== null,
    };
  }

  #marks(): ActivityMark[] {
    return this.#activity.map(({ start, level }) => ({ offset: start - this.#focus.start, level }));
  }

  async #readBelief(): Promise<ReadOut> {
    return this.#options.policy.readBelief({
      classes: this.#classes,
      looks: this.looks.map((look) => viewOfLook(look, this.#focus.start)),
      activity: this.#marks(),
    });
  }

  /** Takes the plan's looks, which are of one level, some frames at a time; what the clock no longer allows is left out and not charged. */
  async #look(plan: SamplingPlan, step: number, purpose: TakenLook['purpose']): Promise<void> {
    const { watcher, anchor, signal, elapsed, budget } = this.#options;
    const paid = new Set<number>();
    for (const batch of batchesOf(plan.looks)) {
      signal?.throwIfAborted();
      if (elapsed() > budget.seconds) return;
      const times = [...new Set(batch.flatMap((look) => look.times))].sort((a, b) => a - b);
      const returned = await watcher.observe(
        times.map((time) => anchor + time),
        batch[0]?.level ?? 0,
        signal,
      );
      for (const look of batch) {
        const charge = chargeOfPlan({ looks: [look], focus: null }, this.#seen, this.#keyOf, paid);
        const context = { step, purpose, anchor, watcher, episode: this.#episode, seen: this.#seen };
        const taken = takeLook(look, returned, context);
        if (taken !== null) this.looks.push(taken);
        for (const key of look.times.map((time) => this.#keyOf(time, look.level))) {
          paid.add(key);
          this.#seen.add(key);
        }
        this.#costs = {
          ...this.#costs,
          newFrames: this.#costs.newFrames + charge.newFrames,
          rereadFrames: this.#costs.rereadFrames + charge.rereadFrames,
          looks: this.#costs.looks + 1,
        };
      }
    }
    if (plan.focus !== null) this.#focus = plan.focus;
  }

  #evidence(): EvidencePoint[] {
    const seen = this.looks.flatMap((look, index) =>
      look.frames.map(({ asked }, frame) => ({
        time: asked,
        interval: intervalOfLevel(look.plan.level),
        logit: this.#belief.evidence[index]?.[frame] ?? 0,
      })),
    );
    return [...seen, ...this.#unseen];
  }

  async #record(
    action: Action | null,
    agent: Step['tokens'],
    decision: Pick<Decision, 'reason' | 'logProb'>,
    firstLook: number,
    forced: boolean,
  ): Promise<void> {
    const { anchor, elapsed } = this.#options;
    this.#belief = await this.#readBelief();
    this.#unseen = (this.#belief.unseen ?? []).map(({ offset, interval, logit }) => ({
      time: this.#focus.start + offset,
      interval,
      logit,
    }));
    const taken = this.looks.slice(firstLook);
    const observed = taken.flatMap((look) =>
      look.frames.map(() => ({ id: tokens.observed, from: 'observation' as const, forced: false })),
    );
    this.steps.push({
      action,
      tokens: [...agent, ...observed],
      logProb: decision.logProb ?? null,
      forced,
      reason: decision.reason,
      looks: taken.map((_, index) => firstLook + index),
      focus: { start: anchor + this.#focus.start, end: anchor + this.#focus.end },
      belief: this.#storedBelief(),
      costs: this.#costs,
      seconds: elapsed(),
    });
  }

  #storedBelief(): Belief {
    const { prior, probabilities } = this.#belief;
    return { prior, probabilities: { ...probabilities }, scores: this.scoresAt(this.binTimes()).map(stored) };
  }
}

/** Four decimals are stored. */
export const stored = (score: number): number => Math.round(score * 1e4) / 1e4;
