/** The trajectory of an episode, format version 2: what was looked at, seen, believed and done, step by step. */
import * as v from 'valibot';
import { AppError } from './errors.ts';
import { claimPlaceSchema, claimSchema, foundByReasons, measurementSources } from './claim.ts';
import { type JsonSchema, parseAs } from './validate.ts';

/** The rules of this format are in `inquiry/SPEC.md` (T1…). */
export const trajectoryFormat = 2;

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const seconds = v.pipe(v.number(), v.minValue(0));
/** A span of the recording in seconds, `[start, end)`. */
const interval = v.object({ start: v.number(), end: v.number() });

/** Points at one frame that was seen: the look by its number in the episode, the frame by its place in the look. */
const pointerSchema = v.object({ look: count, frame: count });
export type ObservationPointer = v.InferOutput<typeof pointerSchema>;

const hypothesisSchema = v.object({ first: pointerSchema, last: pointerSchema, class: v.string() });
export type Hypothesis = v.InferOutput<typeof hypothesisSchema>;

/** Times in an action are seconds after the start of the focus, negative before it. */
const actionSchema = v.variant('operator', [
  v.object({ operator: v.literal('THINK'), attributes: v.array(v.string()), text: v.string() }),
  /** `distance`: how far before the focus, in lengths of the focus. */
  v.object({ operator: v.literal('BACKTRACK'), distance: v.number() }),
  v.object({ operator: v.literal('EXPAND'), factor: v.number() }),
  /** `rate` in frames per second. */
  v.object({ operator: v.literal('SAMPLE'), start: v.number(), end: v.number(), rate: v.number() }),
  v.object({ operator: v.literal('FINAL'), hypotheses: v.array(hypothesisSchema) }),
]);
export type Action = v.InferOutput<typeof actionSchema>;
export type Operator = Action['operator'];

const tokenSchema = v.object({
  id: count,
  /** Losses count agent tokens only. */
  from: v.picklist(['agent', 'observation']),
  /** The grammar or the budget left no other choice: counts 0 in a log-probability. */
  forced: v.boolean(),
});
export type Token = v.InferOutput<typeof tokenSchema>;

const attributeSchema = v.object({
  name: v.string(),
  value: v.number(),
  /** How unusual here, [0, 1]; null where the camera's normality was not known. */
  percentile: v.nullable(share),
  times: v.array(v.number()),
  place: v.nullable(claimPlaceSchema),
});

const captionedSegmentSchema = v.object({
  /** Null where no words were recorded. */
  caption: v.nullable(v.string()),
  /** How unusual the model found it; null where it gave no answer. */
  score: v.nullable(share),
  /** Numbers of the look's frames that lie in it, ascending. */
  frames: v.array(count),
});
export type CaptionedSegment = v.InferOutput<typeof captionedSegmentSchema>;

/** What a look returned. Vectors are not stored: they are computed again from the cached frames that `keys` name. */
const observationSchema = v.variant('kind', [
  v.object({
    kind: v.literal('perception'),
    /** What was there to measure with: without the nets nothing is known of persons or objects. */
    saw: v.array(v.picklist(measurementSources)),
    attributes: v.array(attributeSchema),
    /**
     * Of each frame how surprising it is for this camera at this hour, in nats above what is usual, and the share of the
     * camera's own frames that are less surprising; null where that was not known. Empty in trajectories of format 1.
     */
    surprise: v.array(v.nullable(v.pipe(v.number(), v.minValue(0)))),
    novelty: v.array(v.nullable(share)),
  }),
  /** Symbols of a simulator, as tokens of its own vocabulary. */
  v.object({ kind: v.literal('symbols'), vocabulary: v.string(), symbols: v.array(count) }),
  /** What a vision-language model said of the segments that the look fell on, each once. */
  v.object({ kind: v.literal('caption'), segments: v.array(captionedSegmentSchema) }),
]);
export type Observation = v.InferOutput<typeof observationSchema>;

const lookSchema = v.object({
  /** Number of the step that took it, and what for. */
  step: count,
  purpose: v.picklist(foundByReasons),
  /** The lattice span in seconds of the recording, clipped to the episode. */
  start: v.number(),
  end: v.number(),
  level: v.number(),
  /** Sampling density, frames per second; its inverse is the sampling interval. */
  density: v.number(),
  /** Time stamps of the frames, ascending. */
  times: v.array(v.number()),
  /** For each frame the time of the grid that asked for it, in `grid.ticksPerSecond`: its key in the frame cache. */
  keys: v.array(v.pipe(v.number(), v.integer())),
  /** For each frame whether an earlier look had seen it. */
  reread: v.array(v.boolean()),
  /** For each frame its evidence logit under the policy's belief. */
  evidence: v.array(v.number()),
  observation: observationSchema,
});
export type Look = v.InferOutput<typeof lookSchema>;

const costsSchema = v.object({ newFrames: count, rereadFrames: count, looks: count, thoughts: count });
export type Costs = v.InferOutput<typeof costsSchema>;

const budgetSchema = v.object({
  /** New frames plus a quarter of the re-read ones. */
  frames: v.pipe(v.number(), v.minValue(0)),
  /** Actions, FINAL among them. */
  steps: v.pipe(v.number(), v.integer(), v.minValue(1)),
  seconds: v.pipe(v.number(), v.minValue(0)),
});
export type Budget = Readonly<v.InferOutput<typeof budgetSchema>>;

const beliefSchema = v.object({
  /** Prior logit that anything is unusual, from the base rate and triage. */
  prior: v.number(),
  /** Per class of the question, normal among them; sums to 1. */
  probabilities: v.record(v.string(), share),
  /** Frame-level score per bin of one second from the episode's start. */
  scores: v.array(share),
});
export type Belief = v.InferOutput<typeof beliefSchema>;

const stepSchema = v.object({
  /** Null for the opening look, which no one chose. */
  action: v.nullable(actionSchema),
  /** Agent tokens of the action, then one observation token for each frame that it returned. */
  tokens: v.array(tokenSchema),
  /** Log-probability of the agent tokens that were not forced; null where the policy has none to give. */
  logProb: v.nullable(v.number()),
  /** The budget left nothing but this action. */
  forced: v.boolean(),
  /** Why this step, in the policy's own words. */
  reason: v.string(),
  /** Numbers of the looks that it took. */
  looks: v.array(count),
  /** What the next step's times are relative to. */
  focus: interval,
  /** After the step. */
  belief: beliefSchema,
  /** Of the whole episode so far. */
  costs: costsSchema,
  /** Seconds that the episode had taken so far. */
  seconds,
});
export type Step = v.InferOutput<typeof stepSchema>;

const reflectionSchema = v.object({ initial: v.string(), critique: v.string(), revised: v.string() });
export type Reflection = v.InferOutput<typeof reflectionSchema>;

const trajectorySchema = v.object({
  format: v.literal(trajectoryFormat),
  /** Version of the action grammar that gives the token ids their meaning. */
  grammar: count,
  /** What class and attribute tokens stand for, by number. */
  lexicon: v.object({ classes: v.array(v.string()), attributes: v.array(v.string()) }),
  policy: v.object({ name: v.string(), version: v.string() }),
  seed: v.union([v.number(), v.string()]),
  source: v.object({
    /** Content id of the recording; null for a trajectory over something else. */
    recording: v.nullable(v.string()),
    /** What made the observations: version and models. */
    perception: v.nullable(v.string()),
    /** Snapshot of the camera's normality that percentiles refer to. */
    normality: v.nullable(v.string()),
  }),
  /** Classes asked for; empty for anything unusual. */
  question: v.array(v.string()),
  episode: interval,
  /** `anchor`: the time in seconds of the recording that the lattice of looks starts from. */
  grid: v.object({ anchor: v.number(), ticksPerSecond: v.number() }),
  budget: budgetSchema,
  steps: v.array(stepSchema),
  looks: v.array(lookSchema),
  /** Evidence that comes from no frame: of a policy that goes by triage. `interval` is its bandwidth. Seconds. */
  unseen: v.array(v.object({ time: v.number(), interval: v.number(), logit: v.number() })),
  reflection: v.nullable(reflectionSchema),
  /** What ran out and forced FINAL; null where the policy ended by itself. */
  forcedFinal: v.nullable(v.picklist(['steps', 'seconds'])),
  /** FINAL's hypotheses as intervals, with the belief's score. */
  intervals: v.array(
    v.object({ start: v.number(), end: v.number(), class: v.string(), score: share, claims: v.array(claimSchema) }),
  ),
  /** Frame-level score per second after FINAL. */
  scores: v.array(share),
  costs: costsSchema,
  seconds,
});
export type Trajectory = v.InferOutput<typeof trajectorySchema>;

/** What of a trajectory is drawn along a recording: of a day's, reading the rest would take most of the time. */
const outlineSchema = v.object({
  format: v.literal(trajectoryFormat),
  looks: v.array(v.pick(lookSchema, ['purpose', 'start', 'end', 'density', 'times'])),
  scores: v.array(share),
});
export type TrajectoryOutline = v.InferOutput<typeof outlineSchema>;
export type TrajectorySource = Trajectory['source'];

/** The part of format 0 that differs from format 1: token ids without origin, and no record of what was forced or known. */
const trajectoryV0Schema = v.looseObject({
  format: v.literal(0),
  policy: v.string(),
  steps: v.array(v.looseObject({ agentTokens: v.array(count), observationTokens: v.array(count) })),
});

/** The part of format 1 that differs from format 2. */
const trajectoryV1Schema = v.looseObject({
  format: v.literal(1),
  looks: v.array(v.looseObject({ times: v.array(v.number()), observation: v.looseObject({ kind: v.string() }) })),
});

/** One function for each format that was ever stored, to the next one. Version 0 was never released: it keeps the way open. */
const upgrades: Readonly<Record<number, (value: unknown) => unknown>> = {
  0: (value) => {
    const old = parseAs(trajectoryV0Schema, value, 'trajectory of format 0');
    return {
      ...old,
      format: 1,
      policy: { name: old.policy, version: '0' },
      source: { recording: null, perception: null, normality: null },
      reflection: null,
      forcedFinal: null,
      steps: old.steps.map(({ agentTokens, observationTokens, ...step }) => ({
        ...step,
        tokens: [
          ...agentTokens.map((id) => ({ id, from: 'agent', forced: false })),
          ...observationTokens.map((id) => ({ id, from: 'observation', forced: false })),
        ],
        logProb: null,
        forced: false,
      })),
    };
  },
  1: (value) => {
    const old = parseAs(trajectoryV1Schema, value, 'trajectory of format 1');
    return {
      ...old,
      format: 2,
      unseen: [],
      looks: old.looks.map((look) => ({
        ...look,
        observation: observationFromV1(look.observation, look.times.length),
      })),
    };
  },
};

/** Format 1 knew one caption a look, and nothing of what is usual for a camera. */
function observationFromV1(observation: Readonly<Record<string, unknown>>, frames: number): unknown {
  if (observation['kind'] === 'perception') return { ...observation, surprise: [], novelty: [] };
  if (observation['kind'] !== 'caption') return observation;
  const { caption, score } = observation;
  return { kind: 'caption', segments: [{ caption, score, frames: Array.from({ length: frames }, (_, at) => at) }] };
}

/**
 * A stored trajectory of any format up to this program's, as the current one.
 * @throws AppError `invalid-argument` where it is no trajectory, or one of a newer program.
 */
export const upgradeTrajectory = (value: unknown): Trajectory => upgraded(trajectorySchema, value);

/** The outline of a stored trajectory; the rest of it stays unread. Errors as of `upgradeTrajectory`. */
export const trajectoryOutline = (value: unknown): TrajectoryOutline => upgraded(outlineSchema, value);

function upgraded<S extends JsonSchema>(schema: S, value: unknown): v.InferOutput<S> {
  let current = value;
  for (;;) {
    const { format } = parseAs(v.looseObject({ format: count }), current, 'trajectory');
    if (format === trajectoryFormat) return parseAs(schema, current, 'trajectory');
    const upgrade = upgrades[format];
    if (upgrade === undefined) {
      throw new AppError(
        'invalid-argument',
        `trajectory: format ${format} is newer than this program's ${trajectoryFormat}.`,
      );
    }
    current = upgrade(current);
  }
}
