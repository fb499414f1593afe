/** Temporal annotations of a recording as other programs exchange them. */
import type { Interval } from '../../math/interval.ts';

/** `[start, end)` in seconds, and what happens in it. */
export interface Segment extends Interval {
  readonly label: string;
  /** How sure the program is that found it, [0, 1]; absent in what a person says. */
  readonly score?: number;
  /** What else is said of it, by name; formats that have no place for it leave it out. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface AnnotatedRecording {
  readonly name: string;
  /** Null where the file does not tell. */
  readonly seconds: number | null;
  /** In order of start. */
  readonly segments: readonly Segment[];
}

export const inOrder = (segments: readonly Segment[]): Segment[] =>
  segments.toSorted((a, b) => a.start - b.start || a.end - b.end);
