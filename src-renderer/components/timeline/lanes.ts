/** Where the lanes of the timeline lie, in CSS pixels from its top; the curves take what is left. */
export const laneHeights = { ruler: 22, flags: 16, truth: 8, looks: 22, gap: 4 } as const;

export interface Lanes {
  readonly flagsTop: number;
  /** Null where nothing is known to be true. */
  readonly truthTop: number | null;
  readonly curvesTop: number;
  readonly curvesHeight: number;
  readonly looksTop: number;
}

export function lanesOf(height: number, hasTruth: boolean): Lanes {
  const { ruler, flags, truth, looks, gap } = laneHeights;
  const truthTop = hasTruth ? ruler + flags + 2 : null;
  const curvesTop = ruler + flags + gap + (hasTruth ? truth : 0);
  const looksTop = height - looks;
  return { flagsTop: ruler, truthTop, curvesTop, curvesHeight: Math.max(1, looksTop - gap - curvesTop), looksTop };
}
