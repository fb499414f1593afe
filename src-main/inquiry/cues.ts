/** Which measured attributes speak for which class, and how strongly: a table to be read and argued with. */
import type { AttributeName } from '../perception/attributes.ts';

export interface Cue {
  readonly attribute: AttributeName;
  /** Values at which it begins to speak and at which it says all it has to say. */
  readonly from: number;
  readonly to: number;
  /** Log-odds at full strength. */
  readonly weight: number;
  /** Without it the reading's other cues say nothing. */
  readonly needed?: true;
  /** Says something only in looks with frames at most this many seconds apart. */
  readonly coarsest?: number;
}

/** Cues that belong together: one way in which an incident of a class shows itself. */
export type Reading = readonly Cue[];

/** Frames closer than this show one and the same movement going on, seconds. */
const onePace = 1;

/** How much moves, how little of it one way: what sets a scuffle or a riot apart from people passing. */
const violentMotion: Reading = [
  { attribute: 'motion', from: 0.02, to: 0.04, weight: 0, needed: true },
  { attribute: 'motion', from: 0.04, to: 0.11, weight: 3.5 },
  { attribute: 'motion-peak', from: 0.1, to: 0.25, weight: 1 },
  { attribute: 'motion-coherence', from: 0.6, to: 0.35, weight: 1.5 },
];

/**
 * Log-odds against an ordinary frame, by class; of a class's readings the strongest counts. Ours, set by hand and
 * adjusted by hand on some sixty short development clips (cuts from UCF-Crime, XD-Violence, UBnormal, Ped2's training
 * part, surveillance fights, sample footage) and on 1.2 h of simulated normal life: what comes out on those is no
 * measure of how well they do. No optimizer and no benchmark score was used. Speeds are in body heights or vehicle
 * lengths a second: walking is about 0.8, running 2 and more. Classes without readings (theft, vandalism, intrusion)
 * need to know what belongs to whom or where nobody may be: they stay at the base rate until a trained policy tells.
 * Those of longer times (loitering, left-behind-object) see no more of them than a look shows, so that a look alone
 * speaks softly.
 */
export const cues: Readonly<Record<string, readonly Reading[]>> = {
  fight: [
    [
      { attribute: 'persons', from: 1, to: 2, weight: 0, needed: true },
      { attribute: 'person-gap', from: 0.6, to: 0.2, weight: 0, needed: true },
      ...violentMotion,
      { attribute: 'limb-speed', from: 0.4, to: 1.2, weight: 1.5, coarsest: onePace },
      { attribute: 'wrist-in-other', from: 0.15, to: 0.5, weight: 1 },
      { attribute: 'lying', from: 0.2, to: 0.6, weight: 1 },
    ],
  ],
  fall: [
    [
      { attribute: 'fall', from: 0, to: 1, weight: 3.5, coarsest: onePace },
      { attribute: 'lying', from: 0.3, to: 0.8, weight: 2 },
    ],
  ],
  running: [
    [
      { attribute: 'person-speed', from: 1.5, to: 2.6, weight: 4, coarsest: onePace },
      { attribute: 'limb-speed', from: 0.8, to: 2, weight: 1.5, coarsest: onePace },
      { attribute: 'chase', from: 1.2, to: 2.4, weight: 1, coarsest: onePace },
    ],
  ],
  loitering: [
    // A look of one frame a second lasts eight: most who stay that long wait, and one look cannot tell.
    [{ attribute: 'dwell', from: 5, to: 8, weight: 2.5, coarsest: onePace }],
  ],
  'left-behind-object': [[{ attribute: 'left-behind', from: 2, to: 5, weight: 4.5, coarsest: onePace }]],
  'wrong-way': [[{ attribute: 'against-flow', from: 0.7, to: 1, weight: 4, coarsest: onePace }]],
  collision: [
    // A vehicle and persons. Whoever passes before or behind a vehicle overlaps it in the picture, and a vehicle that
    // leaves takes its motion with it: only how someone or something reacts makes a collision likely.
    [
      { attribute: 'vehicles', from: 0, to: 1, weight: 0, needed: true },
      { attribute: 'persons', from: 1, to: 2, weight: 0, needed: true },
      { attribute: 'motion', from: 0.005, to: 0.02, weight: 0, needed: true },
      { attribute: 'person-vehicle-gap', from: 0.6, to: 0.1, weight: 1 },
      { attribute: 'crowd', from: 3, to: 6, weight: 0.5 },
      { attribute: 'motion', from: 0.03, to: 0.06, weight: 1 },
      { attribute: 'motion-coherence', from: 0.65, to: 0.5, weight: 1 },
      { attribute: 'person-speed', from: 0.9, to: 1.8, weight: 2, coarsest: onePace },
      { attribute: 'fall', from: 0, to: 1, weight: 1.5, coarsest: onePace },
      { attribute: 'vehicle-stop', from: 1.2, to: 3, weight: 1.5, coarsest: onePace },
      { attribute: 'vehicle-overlap', from: 0.3, to: 0.6, weight: 1.5 },
    ],
    // Two vehicles.
    [
      { attribute: 'vehicles', from: 1, to: 2, weight: 0, needed: true },
      { attribute: 'vehicle-stop', from: 1.2, to: 3, weight: 3, coarsest: onePace },
      { attribute: 'vehicle-overlap', from: 0.4, to: 0.8, weight: 1 },
      { attribute: 'motion-stop', from: 0.05, to: 0.15, weight: 1.5, coarsest: onePace },
      { attribute: 'motion-onset', from: 0.05, to: 0.15, weight: 1.5, coarsest: onePace },
    ],
  ],
  'crowd-disturbance': [
    [
      { attribute: 'persons', from: 4, to: 7, weight: 0, needed: true },
      { attribute: 'crowd', from: 3, to: 5, weight: 0, needed: true },
      ...violentMotion,
      { attribute: 'persons', from: 6, to: 12, weight: 1 },
      { attribute: 'person-speed', from: 1.5, to: 3, weight: 1, coarsest: onePace },
    ],
    // A crowd that runs, all at once.
    [
      { attribute: 'persons', from: 3, to: 5, weight: 0, needed: true },
      { attribute: 'crowd-speed', from: 1.1, to: 2, weight: 4.5, coarsest: onePace },
    ],
  ],
  'fire-smoke-explosion': [
    [
      { attribute: 'motion-onset', from: 0.35, to: 0.7, weight: 2.5, coarsest: onePace },
      { attribute: 'motion-erratic', from: 0.6, to: 0.9, weight: 2 },
      { attribute: 'motion-outside', from: 0.7, to: 1, weight: 1 },
    ],
  ],
  unusual: [
    [
      { attribute: 'motion', from: 0.08, to: 0.18, weight: 3 },
      { attribute: 'motion-peak', from: 0.2, to: 0.4, weight: 1.5 },
      { attribute: 'motion-coherence', from: 0.6, to: 0.35, weight: 1 },
      { attribute: 'motion-onset', from: 0.2, to: 0.5, weight: 1.5, coarsest: onePace },
      { attribute: 'motion-speed', from: 1.5, to: 2.5, weight: 1.5 },
      { attribute: 'motion-erratic', from: 0.6, to: 0.95, weight: 1 },
    ],
  ],
};

/** What makes a picture change without anyone doing anything; taken from every class's log-odds. */
export const disturbances: Reading = [
  { attribute: 'light-change', from: 0.06, to: 0.2, weight: 4 },
  { attribute: 'camera-moved', from: 0.03, to: 0.15, weight: 1 },
  { attribute: 'cut', from: 0, to: 2, weight: 0.5 },
];
