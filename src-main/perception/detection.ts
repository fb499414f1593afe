/** What the neural nets see in one frame: objects and persons, in coordinates of the displayed picture. */

/** A rectangle in [0, 1] of the displayed picture: `x` grows to the right, `y` downwards, `x, y` is its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One object. `class` is the index of COCO's 80 classes (0 person … 79 toothbrush), `score` lies in [0, 1]. */
export interface Detection {
  readonly class: number;
  readonly score: number;
  readonly box: Box;
}

/** One person with a pose. */
export interface Person {
  readonly score: number;
  readonly box: Box;
  /** `[17, 3]`: x, y, score of COCO's keypoints (nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles). */
  readonly keypoints: Float32Array;
}
