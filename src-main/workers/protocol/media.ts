/** Tasks on the files themselves: what they are, what the player gets of them, and what leaves the program. */
import type { ClipCut, DrawnPart, HiddenRegion } from '../../contract/evidence.ts';
import type { Recording } from '../../contract/recording.ts';
import type { ClipFacts, NotJoined } from '../../video/index.ts';
import type { BlobHash, NetsChoice } from './shared.ts';

/** What is made of a recording for the player. */
export type MediaPart =
  | { readonly kind: 'segment' | 'sheet'; readonly number: number }
  | { readonly kind: 'picture'; readonly seconds: number; readonly width: number };

/** How a clip came about. */
export interface MadeClipFacts {
  readonly facts: ClipFacts;
  readonly method: 'copied' | 'joined' | 'encoded';
  /** Frames encoded before and after the copied ones, where it is joined of both. */
  readonly head: number;
  readonly tail: number;
  /** Why it is not joined, where that was asked for. */
  readonly notJoined: NotJoined | null;
}

/** What a viewing copy shows besides the pictures, and what it hides. */
export interface ViewingPlan {
  readonly draw: readonly DrawnPart[];
  readonly heads: boolean;
  /** Of this recording. */
  readonly regions: readonly Omit<HiddenRegion, 'recording'>[];
  readonly caption: string;
  /** Begins the time that is drawn in. */
  readonly camera: string;
  /** When the recording begins, and the zone that its times are given in; null where that is not known. */
  readonly clock: { readonly utcMs: number; readonly zone: string } | null;
}

export interface MediaTasks {
  /** Reads what a video file is. */
  probe: {
    params: { recording: string };
    result: { video: NonNullable<Recording['video']>; createdAt: string | null };
  };
  /**
   * How a recording is played, as the JSON of a plan, the times of its frames as little-endian float64, and what was read
   * of its packets.
   */
  'plan-playback': {
    params: { recording: string };
    result: { plan: BlobHash; times: BlobHash; packets: BlobHash };
  };
  /** A segment, a sheet of small pictures or a picture for the player: a file that a browser takes as it is. */
  'make-media': {
    params: { recording: string; packets: BlobHash; part: MediaPart };
    result: { file: BlobHash };
  };
  /** A JPEG of the frame on screen at `seconds`. */
  picture: {
    params: { recording: string; seconds: number; width: number };
    result: { picture: BlobHash };
  };
  /** A clip of a recording, copied packet by packet; encoded anew where an exact start cannot be had otherwise. */
  'cut-clip': {
    params: { recording: string; start: number; end: number; cut: ClipCut };
    result: { clip: BlobHash } & MadeClipFacts;
  };
  /** A copy of a stretch of a recording that every player shows, with what is to be drawn and hidden in it. */
  'viewing-copy': {
    params: {
      recording: string;
      start: number;
      end: number;
      style: ViewingPlan | null;
      /** Frame observations that earlier looks left. */
      cached: readonly BlobHash[];
      /** Null where nobody need be looked for. */
      nets: NetsChoice | null;
    };
    result: {
      copy: BlobHash;
      /** What was seen, as the JSON of an `Overlay`; null where nobody was looked for. */
      overlay: BlobHash | null;
      /** Frames that were looked at, and how often a head was hidden in a picture. */
      looked: number;
      headsHidden: number;
      /** Size in pixels. */
      width: number;
      height: number;
    };
  };
}
