/** The form of what perception makes of a scene: which numbers describe it, and what they are multiplied with. Fitted by test/bench/fit-noise.bench.ts. */
import type { Memory } from './noise.ts';

/**
 * A net's score of something: logit = weights · conditions + spread · noise, and nothing at all below `least`. Both
 * recall and scores follow from it. Source: Tobin 1958 (a regression that is censored from below).
 */
export interface ScoreModel {
  /** As many as the conditions of its kind of figure. */
  readonly weights: readonly number[];
  readonly spread: number;
  /** The logit of the lowest score that the net reports. */
  readonly least: number;
  /** Deciles (eleven) of the logits above `least` that come out so, and those of the scores that the net reports instead. */
  readonly latent: readonly number[];
  readonly reported: readonly number[];
  readonly memory: Memory;
}

/** Errors of a box's left, top, right and bottom in sizes of what it is around: mean + √(relative² + (absolute / size)²) · noise. */
export interface BoxModel {
  readonly mean: readonly [number, number, number, number];
  readonly relative: number;
  /** Picture heights. */
  readonly absolute: number;
}

/** What is seen beside something that is there: a bag where an arm is, a second box around the same person. */
export interface ExtraModel {
  /** How many there are in a frame, for each figure or for each recording. */
  readonly rate: number;
  /** COCO's classes with their shares. */
  readonly classes: readonly (readonly [coco: number, share: number])[];
  /** Logit of the score. */
  readonly score: readonly [mean: number, spread: number];
  /** Of the figure's box where it has one, else of the picture: middle and size, mean and spread; sizes as logarithms. */
  readonly x: readonly [mean: number, spread: number];
  readonly y: readonly [mean: number, spread: number];
  readonly width: readonly [mean: number, spread: number];
  readonly height: readonly [mean: number, spread: number];
}

/**
 * Keypoints of a pose. Those of a face go astray each by itself; of the others left and right do together: the net puts
 * them nearer to each other than they are, or takes one for the other.
 */
export interface KeypointModel {
  /** `[17]`. Logit of a score: base + weights · [logit of the person's score, hidden, log size, turned away (face only)] + spread · noise. */
  readonly base: readonly number[];
  readonly weights: readonly [number, number, number, number];
  readonly spread: number;
  readonly memory: Memory;
  readonly face: ErrorModel;
  /** `[6]`: of the middle between left and right; shoulders, elbows, wrists, hips, knees, ankles. */
  readonly middles: readonly ErrorModel[];
  /** Correlation of the errors of the middles within a body. */
  readonly together: number;
  readonly errorMemory: Memory;
  /** `[6, 11]`: deciles of the distance from left to right against the true one, negative where they change places. */
  readonly apart: readonly (readonly number[])[];
  readonly apartMemory: Memory;
  /** Correlation of that within a body: a body that is taken for one from behind is so from the shoulders to the ankles. */
  readonly apartTogether: number;
  /** What else the distance from left to right is off. */
  readonly across: ErrorModel;
}

/** An error in two dimensions, in sizes of the person: its scale is exp(far + byScore · logit of the score + tail · noise). */
export interface ErrorModel {
  readonly far: number;
  readonly byScore: number;
  readonly tail: number;
  /** How far below the joint the net puts it on average. */
  readonly below: number;
}

/** Logarithm of what moves against what the outlines say: weights · conditions + spread · noise. */
export interface EnergyModel {
  readonly weights: readonly number[];
  readonly spread: number;
  readonly memory: Memory;
}

export interface FlowModel {
  /** Cells: measured velocity = factor · that of the outlines, plus `spread` picture heights per second. */
  readonly factor: number;
  readonly spread: number;
  /** Share of the moving cells whose velocity is not known. */
  readonly unknown: number;
  /** Whole picture: logarithm of speed and peak against those of the cells, and their spreads. */
  readonly speed: readonly [shift: number, spread: number];
  readonly peak: readonly [shift: number, spread: number];
  /** Share unexplained and coherence: base + slope · the cells' own + spread · noise. */
  readonly erratic: readonly [base: number, slope: number, spread: number];
  readonly coherence: readonly [base: number, slope: number, spread: number];
}

/** What moves where nothing does: noise, rain, the codec, shadows of clouds. */
export interface FloorModel {
  /** Share of the cells with any: exp of weights · conditions of the scene. */
  readonly weights: readonly number[];
  /** Logarithm of such a cell's moving share, mean and spread. */
  readonly cell: readonly [mean: number, spread: number];
  /** Change of brightness between a frame and its neighbour, spread, for each unit of the scene's flicker. */
  readonly light: number;
}

export interface NoiseModel {
  readonly person: {
    readonly object: ScoreModel;
    readonly pose: ScoreModel;
    /** Correlation of the two nets' noise. */
    readonly shared: number;
    readonly objectBox: BoxModel;
    readonly poseBox: BoxModel;
    readonly keypoints: KeypointModel;
  };
  /** By COCO's class. */
  readonly vehicle: readonly (readonly [coco: number, model: ScoreModel])[];
  readonly vehicleBox: BoxModel;
  readonly bag: readonly (readonly [coco: number, model: ScoreModel])[];
  readonly bagBox: BoxModel;
  readonly extras: {
    readonly ofPersons: ExtraModel;
    readonly ofVehicles: ExtraModel;
    readonly ofPlaces: ExtraModel;
    /** Persons whom the pose net alone sees where nobody is. */
    readonly posesOfPersons: ExtraModel;
    readonly posesOfPlaces: ExtraModel;
  };
  readonly energy: { readonly person: EnergyModel; readonly vehicle: EnergyModel };
  readonly flow: FlowModel;
  readonly floor: FloorModel;
}
