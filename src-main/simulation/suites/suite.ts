/** A suite of recordings: what there is to be rendered, and how it is encoded. */
import type { PersonPlan, Scene } from '../scene.ts';

/** Share of the picture that changes from frame to frame from `start` to `end` while `persons` do what they do, summed. */
export type ChangeMeter = (persons: readonly PersonPlan[], start: number, end: number) => number;

export interface SuiteOptions {
  readonly seed: number | string;
  /** Frames a second that a passive sampler sees: what suites of twins are built around. */
  readonly rate?: number;
  /** Hours of footage, for suites that can be of any length. */
  readonly hours?: number;
  /** The first so many recordings; all where absent. */
  readonly scenes?: number;
  /** By what twins are made to move as much as each other; by default by drawing them, a second for each pair. */
  readonly meterOf?: (scene: Scene) => ChangeMeter;
}

/** How the encoder is set: constant quality (`crf`) or a constant quantiser (`qp`), and from keyframe to keyframe. */
export interface Encoding {
  readonly quality: { readonly crf: number } | { readonly qp: number };
  /** Frames from one keyframe to the next. */
  readonly gop: number;
  readonly preset: 'ultrafast' | 'superfast' | 'veryfast' | 'fast';
  /** Further private options of the encoder by FFmpeg's names. */
  readonly encoderOptions?: Readonly<Record<string, string>>;
}

/** One recording to be; its scene is written when it is asked for, as that takes a while for long ones. */
export interface SuiteRecording extends Pick<Scene, 'camera' | 'startsAt' | 'seconds' | 'frameRate'> {
  /** Folder of its file in the archive; the camera's name where absent. Twins need their own. */
  readonly folder?: string;
  readonly encoding: Encoding;
  /** Facts about the recording that its ground truth carries, such as the twin it belongs to. */
  readonly notes: Readonly<Record<string, string | number | boolean>>;
  scene(): Scene;
}

export interface Suite {
  readonly name: string;
  readonly recordings: readonly SuiteRecording[];
}

/** A recorder's usual stream: visible but harmless artefacts, a keyframe every two seconds. */
export const usualEncoding = (frameRate: number, crf = 25): Encoding => ({
  quality: { crf },
  gop: Math.round(2 * frameRate),
  preset: 'veryfast',
});

/** `scene` as a recording with the usual encoding. */
export const recordingOf = (scene: Scene): SuiteRecording => ({
  camera: scene.camera,
  startsAt: scene.startsAt,
  seconds: scene.seconds,
  frameRate: scene.frameRate,
  encoding: usualEncoding(scene.frameRate),
  notes: {},
  scene: () => scene,
});
