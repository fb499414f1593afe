/** English: claims into sentences. They say what the claims carry and no more. */
import type { Claim, ClaimKind, ClaimOf, ClaimPlace } from '../claim.ts';

/** Names of the default classes, by id; a reviewer's own class has a label of its own. */
const classNames: Readonly<Record<string, string>> = {
  normal: 'normal',
  unusual: 'something unusual',
  fight: 'a fight',
  fall: 'a fall',
  running: 'running',
  theft: 'a theft',
  loitering: 'loitering',
  'left-behind-object': 'an object left behind',
  vandalism: 'vandalism',
  collision: 'a collision or road accident',
  intrusion: 'an intrusion',
  'crowd-disturbance': 'a crowd in uproar or dispersing',
  'fire-smoke-explosion': 'fire, smoke or an explosion',
  'wrong-way': 'someone going the wrong way',
};

/** What a class is called; a class without words of its own by its id, hyphens as spaces. */
const className = (id: string): string => classNames[id] ?? id.replaceAll('-', ' ');

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const percent = (share: number) => `${String(Math.round(100 * share))} %`;
const oneDecimal = (value: number) => value.toFixed(1);
const counted = (count: number, one: string, many: string) => `${String(count)} ${count === 1 ? one : many}`;
const joined = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** Minutes and seconds from the recording's start; hours where there are any. */
function position(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60];
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${rest}` : `${String(minutes)}:${rest}`;
}

/** A ninth of the picture by the middle of the place, or most of it. */
function region({ x, y, width, height }: ClaimPlace): string {
  if (width * height > 0.5) return 'over most of the picture';
  const [across, down] = [x + width / 2, y + height / 2];
  const column = across < 1 / 3 ? 'left' : across < 2 / 3 ? 'centre' : 'right';
  const row = down < 1 / 3 ? 'upper' : down < 2 / 3 ? 'middle' : 'lower';
  if (column === 'centre')
    return row === 'middle' ? 'in the centre of the picture' : `in the ${row} part of the picture`;
  return row === 'middle' ? `on the ${column} of the picture` : `in the ${row} ${column} of the picture`;
}

/** Measurements as clauses; `value` in the attribute's unit. An attribute that is not here is named with its value. */
const measurements: Readonly<Record<string, (value: number) => string>> = {
  motion: (value) => `${percent(value)} of the picture was moving on average`,
  'motion-peak': (value) => `up to ${percent(value)} of the picture was moving at once`,
  'motion-onset': (value) => `movement set in suddenly, over ${percent(value)} more of the picture`,
  'motion-stop': (value) => `movement stopped suddenly, over ${percent(value)} of the picture`,
  'motion-erratic': (value) => `${percent(value)} of the movement was jerky rather than smooth`,
  'motion-speed': (value) => `the fastest movement crossed ${oneDecimal(value)} picture heights a second`,
  'motion-coherence': (value) =>
    value < 0.65 ? 'movement went in different directions' : `${percent(value)} of the movement went one way`,
  'motion-outside': (value) => `${percent(value)} of the movement belonged to no person or object that was recognised`,
  persons: (value) => `${counted(Math.round(value), 'person was', 'persons were')} in view`,
  vehicles: (value) => `${counted(Math.round(value), 'vehicle was', 'vehicles were')} in view`,
  crowd: (value) => `${counted(Math.round(value), 'person', 'persons')} stood close together`,
  'person-gap': (value) =>
    value < 0.05 ? 'two persons touched or overlapped' : `two persons were ${oneDecimal(value)} body heights apart`,
  'person-speed': (value) => `a person moved at ${oneDecimal(value)} body heights a second`,
  'limb-speed': (value) => `an arm or leg moved at ${oneDecimal(value)} body heights a second`,
  'wrist-in-other': (value) =>
    `someone's hand was on or over another person in ${percent(value)} of the frames with a pose`,
  bent: (value) => `someone was bent over in ${percent(value)} of the frames with a pose`,
  lying: (value) => `someone was lying in ${percent(value)} of the frames with a pose`,
  fall: (value) =>
    `someone went from upright to lying${Math.round(value) > 1 ? `, ${String(Math.round(value))} times` : ''}`,
  'vehicle-speed': (value) => `a vehicle moved at ${oneDecimal(value)} of its lengths a second`,
  'vehicle-stop': (value) => `a vehicle lost ${oneDecimal(value)} lengths a second of its speed at once`,
  'vehicle-overlap': (value) => `${percent(value)} of a vehicle lay over another one while one of them moved`,
  'person-vehicle-gap': (value) =>
    value < 0.05
      ? 'a person touched or overlapped a moving vehicle'
      : `a person was ${oneDecimal(value)} body heights from a moving vehicle`,
};

const attributeName = (attribute: string) => attribute.replaceAll('-', ' ');

const reasons: Readonly<Record<ClaimOf<'found-by'>['args']['reason'], string>> = {
  'opening-look': 'the first quick look',
  'even-sampling': 'looking evenly through everything',
  'activity-peak': 'looking where more happens than elsewhere',
  'closer-look': 'looking closer where something stood out',
  'onset-search': 'looking back for how it began',
  context: 'looking at what lies around it',
  'second-look': 'a second, denser look',
};

const readings: Readonly<
  Record<ClaimOf<'alternative'>['args']['reading'], readonly [ruledOut: string, remains: string]>
> = {
  'light-change': ['The light did not change', 'The light changed, which may be all there is to it'],
  'camera-moved': ['The camera stood still', 'The camera moved, which may be all there is to it'],
  cut: ['The picture runs on without a cut', 'The picture jumps to another one, which may be all there is to it'],
  'passing-vehicle': ['It is not a vehicle passing by', 'It may be a vehicle passing by'],
  'busy-but-ordinary': ['It is more than a busy scene', 'It may be no more than a busy scene'],
};

const subjects: Readonly<Record<ClaimOf<'who'>['args']['subject'], readonly [one: string, many: string]>> = {
  person: ['person', 'persons'],
  vehicle: ['vehicle', 'vehicles'],
  animal: ['animal', 'animals'],
  bag: ['bag', 'bags'],
};

const sureness = { possible: 'Possibly', likely: 'Probably', clear: 'Clearly' } as const;

const missing: Readonly<Record<ClaimOf<'limit'>['args']['without'], string>> = {
  nets: 'Judged by movement alone: no net was there to recognise anyone or anything.',
  objects: 'Objects and vehicles were not recognised: only poses were.',
  persons: 'Poses were not recognised: only objects were.',
};

/** Said of a measurement's attribute alone, without its value. */
const unusual = (claim: ClaimOf<'unusual-here'>) =>
  `${attributeName(claim.args.attribute)} more unusual than ${percent(Math.min(0.99, claim.args.percentile))} of what this camera shows at this hour`;

function clauseOf({ args }: ClaimOf<'measured'>): string {
  return (
    measurements[args.attribute]?.(args.value) ??
    `${attributeName(args.attribute)} ${oneDecimal(args.value)} (${args.unit})`
  );
}

/** One claim as a sentence. */
function sentence(claim: Claim): string {
  switch (claim.kind) {
    case 'what':
      return `${sureness[claim.args.sureness]} ${className(claim.args.class)} (${percent(claim.args.probability)}).`;
    case 'who':
      return `${capitalised(counted(claim.args.count, ...subjects[claim.args.subject]))} in view.`;
    case 'when': {
      const { start, end, openStart, openEnd } = claim.args;
      const open = openStart && openEnd ? 'before and after' : openStart ? 'before' : openEnd ? 'after' : null;
      const caveat = open === null ? '' : `; what came ${open} was not seen`;
      return `From ${position(start)} to ${position(end)}${caveat}.`;
    }
    case 'where':
      return `${capitalised(region(claim.args.place))}.`;
    case 'measured':
      return `${capitalised(clauseOf(claim))}.`;
    case 'unusual-here':
      return `${capitalised(unusual(claim))}.`;
    case 'found-by': {
      const { reason, framesPerSecond } = claim.args;
      const density =
        framesPerSecond >= 1
          ? `${counted(framesPerSecond, 'frame', 'frames')} a second`
          : `a frame every ${counted(Math.round(1 / framesPerSecond), 'second', 'seconds')}`;
      return `Found by ${reasons[reason]} (${density}).`;
    }
    case 'limit':
      return missing[claim.args.without];
    case 'alternative': {
      const [ruledOut, remains] = readings[claim.args.reading];
      return `${claim.args.outcome === 'ruled-out' ? ruledOut : remains}.`;
    }
    case 'text':
      return claim.args.text;
    default:
      return claim satisfies never;
  }
}

const claimsOf = <K extends ClaimKind>(claims: readonly Claim[], kind: K): ClaimOf<K>[] =>
  claims.filter((claim): claim is ClaimOf<K> => claim.kind === kind);

/** All claims of an explanation as a short paragraph, in an order that reads well; empty for none. */
function explanation(claims: readonly Claim[]): string {
  const subjectsSeen = claimsOf(claims, 'who').map(({ args }) => counted(args.count, ...subjects[args.subject]));
  const measured = claimsOf(claims, 'measured').map(clauseOf);
  const here = claimsOf(claims, 'unusual-here').map(unusual);
  const alternatives = claimsOf(claims, 'alternative');
  const ruledOut = alternatives.filter(({ args }) => args.outcome === 'ruled-out');
  const remains = alternatives.filter(({ args }) => args.outcome !== 'ruled-out');
  return [
    ...claimsOf(claims, 'what').map(sentence),
    ...claimsOf(claims, 'text').map(sentence),
    ...claimsOf(claims, 'when').map(sentence),
    ...(subjectsSeen.length === 0 ? [] : [`In view: ${joined(subjectsSeen)}.`]),
    ...claimsOf(claims, 'where').map(sentence),
    ...(measured.length === 0 ? [] : [`${capitalised(joined(measured))}.`]),
    ...(here.length === 0 ? [] : [`${capitalised(joined(here))}.`]),
    ...(ruledOut.length === 0
      ? []
      : [
          `${joined(ruledOut.map(({ args }, index) => (index === 0 ? readings[args.reading][0] : lowered(readings[args.reading][0]))))}.`,
        ]),
    ...remains.map(sentence),
    ...claimsOf(claims, 'limit').map(sentence),
    ...claimsOf(claims, 'found-by').map(sentence),
  ].join(' ');
}

const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export const englishFor = { class: className, claim: sentence, explanation, position } as const;

/** Each evidence frame with the sentence that it supports, in order of time, then of the claims. */
export function describeEvidence(claims: readonly Claim[]): { time: number; claim: string }[] {
  return claims
    .flatMap((claim) => claim.evidence.map((time) => ({ time, claim: sentence(claim) })))
    .sort((a, b) => a.time - b.time);
}
