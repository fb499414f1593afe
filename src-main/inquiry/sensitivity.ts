/** How much it takes for a flag, in the reviewer's words. */
import type { Sensitivity } from '../contract/camera.ts';
import { defaultThresholds, type Thresholds } from './score.ts';

/** Ours: `low` asks for what is likely, `high` takes what is possible. */
const thresholds: Readonly<Record<Sensitivity, Thresholds>> = {
  low: { high: 0.7, low: 0.45 },
  normal: defaultThresholds,
  high: { high: 0.35, low: 0.2 },
};

export const thresholdsFor = (sensitivity: Sensitivity): Thresholds => thresholds[sensitivity];
