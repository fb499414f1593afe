/** English: claims into sentences. They say what the claims carry and no more. */
import type { Claim, ClaimKind, ClaimOf, ClaimPlace } from '../claim.ts';
import type { DoctorCheck } from '../doctor.ts';
import type { AppError } from '../errors.ts';
import type { GateCheck } from '../training.ts';
import { deed, unusualFrame, unusualHere } from './en-deeds.ts';
import { action, measuredWith, observation, outcome } from './en-path.ts';
import {
  capitalised,
  className,
  counted,
  joined,
  lowered,
  measurement,
  percent,
  position,
  purposes,
  rate,
  reasonName,
} from './en-terms.ts';

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

const clauseOf = ({ args }: ClaimOf<'measured'>): string => measurement(args.attribute, args.value, args.unit);

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
    case 'did':
      return `${capitalised(deed(claim))}.`;
    case 'unusual-here':
      return `${capitalised(unusualHere(claim))}.`;
    case 'unusual-frame':
      return `${capitalised(unusualFrame(claim))}.`;
    case 'found-by': {
      const { reason, framesPerSecond } = claim.args;
      return `Found by ${purposes[reason]} (${rate(framesPerSecond)}).`;
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
  const here = [
    ...claimsOf(claims, 'unusual-here').map(unusualHere),
    ...claimsOf(claims, 'unusual-frame').map(unusualFrame),
  ];
  const alternatives = claimsOf(claims, 'alternative');
  const ruledOut = alternatives.filter(({ args }) => args.outcome === 'ruled-out');
  const remains = alternatives.filter(({ args }) => args.outcome !== 'ruled-out');
  return [
    ...claimsOf(claims, 'what').map(sentence),
    ...claimsOf(claims, 'text').map(sentence),
    ...claimsOf(claims, 'when').map(sentence),
    ...(subjectsSeen.length === 0 ? [] : [`In view: ${joined(subjectsSeen)}.`]),
    ...claimsOf(claims, 'where').map(sentence),
    ...claimsOf(claims, 'did').map(sentence),
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

/** Errors name what is concerned and the way out themselves; a full disk, which libraries meet, does not always. */
const errorText = ({ code, message }: Pick<AppError, 'code' | 'message' | 'details'>): string =>
  code === 'disk-full' && !/free some space/i.test(message) ? `${message} Free some space and try again.` : message;

export const englishFor = {
  class: className,
  reason: reasonName,
  claim: sentence,
  explanation,
  position,
  measurement,
  action,
  observation,
  measuredWith,
  outcome,
  gateReason: ({ reason }: GateCheck): string => reason,
  error: errorText,
  /** A sentence that the core keeps as it is: why a step was taken, why a file was not read, why a run stopped. */
  kept: (sentence: string): string => sentence,
  /** A check of this machine in words. */
  doctorCheck: (check: DoctorCheck): DoctorCheck => check,
} as const;

/** Each evidence frame with the sentence that it supports, in order of time, then of the claims. */
export function describeEvidence(
  claims: readonly Claim[],
  say: (claim: Claim) => string = sentence,
): { time: number; claim: string }[] {
  return claims
    .flatMap((claim) => claim.evidence.map((time) => ({ time, claim: say(claim) })))
    .sort((a, b) => a.time - b.time);
}
