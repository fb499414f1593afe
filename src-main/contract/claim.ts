/** Claims: an explanation as data, each statement tied to the frames that it rests on. */
import * as v from 'valibot';

const time = v.pipe(v.number(), v.minValue(0));

/** Times in seconds of the frames that a claim rests on. There is at least one: a claim without evidence is not made. */
const evidence = v.tupleWithRest([time], time);

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A rectangle in [0, 1] of the displayed picture. */
export const claimPlaceSchema = v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() });
export type ClaimPlace = v.InferOutput<typeof claimPlaceSchema>;

/** What the statement about something measured may be based on: without the nets there is no talk of persons. */
export const measurementSources = ['motion', 'objects', 'persons'] as const;

const claimSubjects = ['person', 'vehicle', 'animal', 'bag'] as const;
export type ClaimSubject = (typeof claimSubjects)[number];

const participantSchema = v.object({
  subject: v.picklist(claimSubjects),
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type ClaimParticipant = v.InferOutput<typeof participantSchema>;

/** What can make a frame unusual for a camera: how something moves, what it is, how someone is held, where it is; or all. */
const noveltyKinds = ['frame', 'velocity', 'object', 'pose', 'place'] as const;

/** The reasons for a look, one for each rule of the policies that look. */
export const foundByReasons = [
  'opening-look',
  'even-sampling',
  'activity-peak',
  'closer-look',
  'onset-search',
  'context',
  'second-look',
] as const;
export type FoundByReason = (typeof foundByReasons)[number];

export const claimSchema = v.variant('kind', [
  /** What happened, and how sure that is. */
  v.object({
    kind: v.literal('what'),
    args: v.object({ class: v.string(), probability: share, sureness: v.picklist(['possible', 'likely', 'clear']) }),
    evidence,
  }),
  /** Who or what takes part: the largest number seen in one frame. */
  v.object({
    kind: v.literal('who'),
    args: v.object({
      subject: v.picklist(claimSubjects),
      count: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
    evidence,
  }),
  /**
   * What one of those in view did, measured along its track, and over which time. Numbers tell participants of one subject
   * apart within an explanation, in order of time; `others` are those whom the measurement relates it to.
   */
  v.object({
    kind: v.literal('did'),
    args: v.object({
      ...participantSchema.entries,
      others: v.array(participantSchema),
      attribute: v.string(),
      value: v.number(),
      unit: v.string(),
      source: v.picklist(measurementSources),
      start: time,
      end: time,
      place: claimPlaceSchema,
    }),
    evidence,
  }),
  /** When it was seen to begin and end; a bound is open where the episode's looks do not show what was before or after. */
  v.object({
    kind: v.literal('when'),
    args: v.object({ start: time, end: time, openStart: v.boolean(), openEnd: v.boolean() }),
    evidence,
  }),
  /** Where in the picture. */
  v.object({ kind: v.literal('where'), args: v.object({ place: claimPlaceSchema }), evidence }),
  /** One readable measurement: an attribute's name, its value and unit as perception defines them. */
  v.object({
    kind: v.literal('measured'),
    args: v.object({
      attribute: v.string(),
      value: v.number(),
      unit: v.string(),
      source: v.picklist(measurementSources),
    }),
    evidence,
  }),
  /**
   * How unusual a measurement is for this camera: the share of its looks that show less of it. Made only where the camera's
   * normality is known; `atHour` says that it is known for this hour of the day.
   */
  v.object({
    kind: v.literal('unusual-here'),
    args: v.object({ attribute: v.string(), percentile: share, atHour: v.optional(v.boolean(), true) }),
    evidence,
  }),
  /** How unusual a frame is for this camera, as a whole or by what makes it so: the share of its frames that are less so. */
  v.object({
    kind: v.literal('unusual-frame'),
    args: v.object({
      by: v.picklist(noveltyKinds),
      percentile: share,
      atHour: v.boolean(),
      place: v.nullable(claimPlaceSchema),
    }),
    evidence,
  }),
  /** What drew the look that found it. */
  v.object({
    kind: v.literal('found-by'),
    args: v.object({ reason: v.picklist(foundByReasons), framesPerSecond: v.number() }),
    evidence,
  }),
  /** What the evidence cannot tell, because something that would tell was not there. */
  v.object({
    kind: v.literal('limit'),
    args: v.object({ without: v.picklist(['objects', 'persons', 'nets']) }),
    evidence,
  }),
  /** An innocent reading that was considered. */
  v.object({
    kind: v.literal('alternative'),
    args: v.object({
      reading: v.picklist(['light-change', 'camera-moved', 'cut', 'passing-vehicle', 'busy-but-ordinary']),
      outcome: v.picklist(['ruled-out', 'remains-possible']),
    }),
    evidence,
  }),
  /** Words of a vision-language model, as it said them. */
  v.object({ kind: v.literal('text'), args: v.object({ text: v.pipe(v.string(), v.minLength(1)) }), evidence }),
]);
export type Claim = v.InferOutput<typeof claimSchema>;
export type ClaimKind = Claim['kind'];
export type ClaimOf<K extends ClaimKind> = Extract<Claim, { kind: K }>;
export type Evidence = Claim['evidence'];

/** `times` as evidence, ascending and without repetitions, or null where there are none. */
export function evidenceFrom(times: Iterable<number>): Evidence | null {
  const [first, ...rest] = [...new Set(times)].sort((a, b) => a - b);
  return first === undefined ? null : [first, ...rest];
}
