/** What the rest of the program sees of a video: its facts, its packets, its frames as RGB pictures. */

/** Facts read from the container when a file is opened. */
export interface VideoInfo {
  /** FFmpeg's name of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`, `avi`, `h264` (a raw stream). */
  readonly container: string;
  /** FFmpeg's name of the codec, e.g. `h264`, `hevc`, `msmpeg4v2`. */
  readonly codec: string;
  /** Displayed size in pixels: after the sample aspect ratio and after rotation. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn that brings a stored picture upright. Pictures and `width`/`height` already have it applied. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** From the first frame's PTS to the end of the last frame; what the container claims until packets were scanned. */
  readonly seconds: number;
  /** Average frames per second; null where the container does not say. */
  readonly frameRate: number | null;
  /** ISO 8601 with `Z`, from the container's tags; null where there is none or it is a recorder's zero date. */
  readonly createdAt: string | null;
  /** Tags of container and stream, at most 64 of 500 characters, plus `anom-pi:timestamps` where times were repaired. */
  readonly tags: Readonly<Record<string, string>>;
}

/** All video packets without decoding them, in presentation order. `N` packets, one frame each (fields count as frames). */
export interface PacketIndex {
  /** [N] seconds since the first video PTS, ascending. */
  readonly times: Float64Array;
  /** [N] compressed size. */
  readonly bytes: Uint32Array;
  /** [N] 1 where decoding can start. */
  readonly keyframe: Uint8Array;
}

/** A rectangle of whole pixels. */
export interface PictureArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One decoded frame, scaled and upright. */
export interface FrameImage {
  /** The frame's own PTS in seconds since the first video PTS (not the time that was asked for). */
  readonly time: number;
  readonly width: number;
  readonly height: number;
  /** [H, W, 3] RGB, full range; black outside `picture`. Owned by the receiver. */
  readonly rgb: Uint8Array;
  /** Where the picture lies inside [H, W]. */
  readonly picture: PictureArea;
}

/** The wanted size: `letterbox` keeps the displayed aspect ratio and centres the picture, `stretch` fills. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
  readonly fit: 'letterbox' | 'stretch';
}

/** An open video. One call at a time; frames come in time order. Dispose of it to free the decoder. */
export interface VideoReader extends AsyncDisposable {
  readonly info: VideoInfo;
  /**
   * Reads every packet, decoding none. The second call answers from memory. Afterwards `info.seconds` is exact.
   * Errors: `video-damaged` where there is no packet, `cancelled`, `file-unreadable`.
   */
  scanPackets(options?: { signal?: AbortSignal; onProgress?(seconds: number): void }): Promise<PacketIndex>;
  /**
   * For each time the frame on screen then: the last with PTS <= t, the first frame where t lies before it.
   * `times` need no order; equal frames are yielded once; frames come in time order.
   * Errors: `invalid-argument` for a time that is not finite, `video-damaged` where nothing could be decoded, `cancelled`.
   */
  framesAt(times: readonly number[], size: FrameSize, options?: { signal?: AbortSignal }): AsyncGenerator<FrameImage>;
  /** Every frame with start <= PTS < end. Errors as in framesAt. */
  framesBetween(
    start: number,
    end: number,
    size: FrameSize,
    options?: { signal?: AbortSignal },
  ): AsyncGenerator<FrameImage>;
  /** The keyframes with start <= PTS < end; only they are decoded. Errors as in framesAt. */
  keyframes(
    size: FrameSize,
    options?: { start?: number; end?: number; signal?: AbortSignal },
  ): AsyncGenerator<FrameImage>;
}
