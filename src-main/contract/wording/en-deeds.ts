/** English: what one of those in view did, as a predicate, and how it compares with what a camera usually shows. */
import type { ClaimOf, ClaimParticipant } from '../claim.ts';
import { attributeName, joined, measurement, percent, position } from './en-terms.ts';

const oneDecimal = (value: number) => value.toFixed(1);
const ofPoses = (value: number) => `in ${percent(value)} of the frames with a pose`;
const heights = (value: number) => `${oneDecimal(value)} body heights a second`;
const apart = (value: number, touched: string) =>
  value < 0.05 ? touched : `were ${oneDecimal(value)} body heights apart`;

/** Predicates of those whom an attribute is about; `value` in the attribute's unit. */
const predicates: Readonly<Record<string, (value: number) => string>> = {
  'person-speed': (value) => `moved at ${heights(value)}`,
  'limb-speed': (value) => `moved an arm or leg at ${heights(value)}`,
  'person-start': (value) => `gained ${heights(value)} of speed at once`,
  'person-stop': (value) => `lost ${heights(value)} of speed at once`,
  'wrist-in-other': (value) => `had a hand on or over someone else ${ofPoses(value)}`,
  bent: (value) => `was bent over ${ofPoses(value)}`,
  lying: (value) => `was lying ${ofPoses(value)}`,
  fall: () => 'went from upright to lying',
  dwell: (value) => `stayed within two body heights for ${value.toFixed(0)} s`,
  'person-gap': (value) => apart(value, 'touched or overlapped'),
  'person-overlap': (value) => `hid or held each other in ${percent(value)} of the frames with a person`,
  'approach-speed': (value) => `drew nearer to each other at ${heights(value)}`,
  chase: (value) => `went one behind the other at ${heights(value)}`,
  'vehicle-speed': (value) => `moved at ${oneDecimal(value)} of its lengths a second`,
  'vehicle-stop': (value) => `lost ${oneDecimal(value)} lengths a second of its speed at once`,
  'vehicle-overlap': (value) => `overlapped by ${percent(value)} of one while one of them moved`,
  'against-flow': (value) => `went the opposite way to ${percent(value)} of the other vehicles there`,
  'person-vehicle-gap': (value) => `${apart(value, 'touched or overlapped')} while the vehicle moved`,
  'left-behind': (value) => `stood still with nobody near it for ${value.toFixed(0)} s`,
};

const named = ({ subject, number }: ClaimParticipant) => `${subject} ${String(number)}`;

/** Who did what and when, as a clause. */
export function deed({ args }: ClaimOf<'did'>): string {
  const { attribute, value, unit, start, end, others } = args;
  const who = joined([args, ...others].map(named));
  const did = predicates[attribute]?.(value) ?? `showed ${measurement(attribute, value, unit)}`;
  const when = end > start ? `from ${position(start)} to ${position(end)}` : `at ${position(start)}`;
  return `${who} ${did}, ${when}`;
}

/** How more of an attribute is called, before "than". */
const comparisons: Readonly<Record<string, string>> = {
  motion: 'more of the picture moved',
  'motion-peak': 'more of the picture moved at once',
  'motion-onset': 'movement set in more suddenly',
  'motion-stop': 'movement stopped more suddenly',
  'motion-erratic': 'movement was jerkier',
  'motion-speed': 'something moved faster',
  'motion-coherence': 'more of the movement went one way',
  'motion-outside': 'more of the movement belonged to nothing recognised',
  'light-change': 'the light changed more',
  'camera-moved': 'the camera moved more',
  cut: 'the picture jumped more often',
  persons: 'more persons were in view',
  vehicles: 'more vehicles were in view',
  animals: 'more animals were in view',
  bags: 'more bags were in view',
  crowd: 'more persons stood together',
  'person-gap': 'two persons were nearer to each other',
  'person-overlap': 'persons hid or held each other more',
  'person-speed': 'a person moved faster',
  'person-start': 'a person set off more suddenly',
  'person-stop': 'a person stopped more suddenly',
  'limb-speed': 'an arm or leg moved faster',
  'wrist-in-other': "someone's hand was on another person more",
  bent: 'someone was bent over more',
  lying: 'someone was lying more',
  fall: 'someone fell more often',
  'crowd-speed': 'a group moved faster',
  'approach-speed': 'two persons drew together faster',
  chase: 'one person followed another faster',
  dwell: 'someone stayed longer',
  'vehicle-speed': 'a vehicle moved faster',
  'vehicle-stop': 'a vehicle stopped more suddenly',
  'vehicle-overlap': 'vehicles overlapped more',
  'person-vehicle-gap': 'a person was nearer to a moving vehicle',
  'left-behind': 'a bag stood alone for longer',
  'against-flow': 'a vehicle went more against the others',
};

const novelties: Readonly<Record<ClaimOf<'unusual-frame'>['args']['by'], string>> = {
  frame: 'the picture was stranger',
  velocity: 'something moved in a stranger way for its place',
  object: 'something in view was stranger',
  pose: 'someone held themselves in a stranger way',
  place: 'something was in a stranger place',
};

/**
 * A share from above, never more than it is: to a tenth of a per cent from 99 on, and at most 99.9 %, because a camera's
 * footage so far cannot tell more.
 */
function shareBelow(share: number): string {
  const perMille = Math.min(999, Math.floor(1000 * share + 1e-9));
  return perMille >= 990 ? `${(perMille / 10).toFixed(1)} %` : `${String(Math.floor(perMille / 10))} %`;
}

const usually = (share: number, atHour: boolean, of: string) =>
  `than in ${shareBelow(share)} of ${of}${atHour ? ' at this hour' : ''}`;

/** How unusual a measurement is for the camera, as a clause. */
export const unusualHere = ({ args }: ClaimOf<'unusual-here'>): string =>
  `${comparisons[args.attribute] ?? `there was more ${attributeName(args.attribute)}`} ${usually(args.percentile, args.atHour, 'what this camera usually shows')}`;

export const unusualFrame = ({ args }: ClaimOf<'unusual-frame'>): string =>
  `${novelties[args.by]} ${usually(args.percentile, args.atHour, "this camera's frames")}`;
