/** What puts a recording into a video element: the file itself, or segments made from it. */
import type { AppError } from '../../../src-main/contract/errors.ts';

export interface VideoSource {
  /** Seconds of the element's clock at the recording's first frame. */
  readonly offset: number;
  /** The playhead is at, or wants to be at, `time` of the recording: what is needed around it is fetched. */
  moveTo(time: number): void;
  /** A seek to `time` lands without anything being asked for first. */
  holds(time: number): boolean;
  /** Tries again what failed. */
  retry(): void;
  /** Lets go of the element and ends what is under way. */
  close(): void;
}

/** What a source has to say; the last word holds. */
export interface SourceListener {
  failed(error: AppError): void;
  /** After a failure: it goes on. */
  recovered(): void;
}
