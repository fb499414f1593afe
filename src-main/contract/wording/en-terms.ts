/** English terms that claims and paths share: classes, numbers, times, measurements. */
import type { FoundByReason } from '../claim.ts';
import { isListedReason, type RejectionReason } from '../flag.ts';

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
export const className = (id: string): string => classNames[id] ?? id.replaceAll('-', ' ');

/** Reasons for which flags are rejected, by id. */
const reasonNames: Readonly<Record<RejectionReason, string>> = {
  'usual-here': 'Usual here',
  allowed: 'Allowed or staff',
  'light-or-weather': 'Light or weather',
  animal: 'An animal',
  camera: 'The camera itself',
  'too-small': 'Too small to matter',
  'nothing-there': 'Nothing to be seen',
  twice: 'Flagged twice',
};

/** A verdict's reason as it is read: one of the list in words, any other as the reviewer wrote it. */
export const reasonName = (reason: string): string => (isListedReason(reason) ? reasonNames[reason] : reason);

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const percent = (share: number) => `${String(Math.round(100 * share))} %`;
const oneDecimal = (value: number) => value.toFixed(1);
export const counted = (count: number, one: string, many: string) => `${String(count)} ${count === 1 ? one : many}`;
export const joined = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** Units of a length, as they stand after a number, and what stands between the items of a list. */
export const shortWords = { day: 'd', hour: 'h', minute: 'min', second: 's', comma: ', ' };

/** Minutes and seconds from the recording's start; hours where there are any. */
export function position(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const [hours, minutes] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60];
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return hours > 0 ? `${String(hours)}:${String(minutes).padStart(2, '0')}:${rest}` : `${String(minutes)}:${rest}`;
}

export const lowered = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

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
  animals: (value) => `${counted(Math.round(value), 'animal was', 'animals were')} in view`,
  bags: (value) => `${counted(Math.round(value), 'bag was', 'bags were')} in view`,
  'light-change': (value) => `the light changed by up to ${percent(value)}`,
  'camera-moved': (value) => `the whole picture shifted by up to ${percent(value)} of its width`,
  cut: (value) =>
    Math.round(value) === 0
      ? 'the picture ran on without a cut'
      : `the picture jumped ${counted(Math.round(value), 'time', 'times')}`,
  'vehicle-speed': (value) => `a vehicle moved at ${oneDecimal(value)} of its lengths a second`,
  'vehicle-stop': (value) => `a vehicle lost ${oneDecimal(value)} lengths a second of its speed at once`,
  'vehicle-overlap': (value) => `${percent(value)} of a vehicle lay over another one while one of them moved`,
  'person-vehicle-gap': (value) =>
    value < 0.05
      ? 'a person touched or overlapped a moving vehicle'
      : `a person was ${oneDecimal(value)} body heights from a moving vehicle`,
  'person-overlap': (value) => `two persons overlapped in ${percent(value)} of the frames with a person`,
  'person-start': (value) => `a person became ${oneDecimal(value)} body heights a second faster at once`,
  'person-stop': (value) => `a person became ${oneDecimal(value)} body heights a second slower at once`,
  'crowd-speed': (value) => `most persons moved at ${oneDecimal(value)} body heights a second or more`,
  'approach-speed': (value) => `two persons neared each other at ${oneDecimal(value)} body heights a second`,
  chase: (value) => `one person moved behind another, both at ${oneDecimal(value)} body heights a second or more`,
  dwell: (value) => `someone stayed in one place for ${oneDecimal(value)} seconds`,
  'left-behind': (value) => `a bag stood without the person it came with for ${oneDecimal(value)} seconds`,
  'against-flow': (value) => `a vehicle went against ${percent(value)} of the others that passed the same place`,
};

export const attributeName = (attribute: string) => attribute.replaceAll('-', ' ');

/** What a look was taken for. */
export const purposes: Readonly<Record<FoundByReason, string>> = {
  'opening-look': 'the first quick look',
  'even-sampling': 'looking evenly through everything',
  'activity-peak': 'looking where more happens than elsewhere',
  'closer-look': 'looking closer where something stood out',
  'onset-search': 'looking back for how it began',
  context: 'looking at what lies around it',
  'second-look': 'a second, denser look',
};

/** A measurement as a clause; one that has no words of its own by its name, value and, where it is known, unit. */
export function measurement(attribute: string, value: number, unit?: string): string {
  const known = measurements[attribute]?.(value);
  return known ?? `${attributeName(attribute)} ${oneDecimal(value)}${unit === undefined ? '' : ` (${unit})`}`;
}

/** How densely a look samples. */
export const rate = (framesPerSecond: number): string =>
  framesPerSecond >= 1
    ? `${counted(framesPerSecond, 'frame', 'frames')} a second`
    : `a frame every ${counted(Math.round(1 / framesPerSecond), 'second', 'seconds')}`;
