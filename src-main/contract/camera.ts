/** What a camera usually shows, for a person to look at, and how a reviewer wants it looked at. */
import * as v from 'valibot';
import { zoneSchema } from './zone.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const cameraNormalitySchema = v.object({
  camera: v.string(),
  /** Recordings that it was learned from, and those learned since the snapshot was made. */
  recordings: count,
  waiting: count,
  /** Frames that were looked at in them. */
  frames: count,
  /** `[24]`: those of each local hour; 0 for an hour with too few to know what is usual then. */
  hours: v.pipe(v.array(count), v.length(24)),
  madeAtMs: v.number(),
  /** Of the snapshot, as trajectories name it. */
  id: v.string(),
  /** Whether it is enough for anything to be called unusual. */
  enough: v.boolean(),
  /** Maps of the picture, row by row. */
  columns: count,
  rows: count,
  /** Share of the frames in which something moves there, [0, 1]. */
  presence: v.array(v.number()),
  /** Median speed of what moves there, picture heights per second; 0 where nothing does. */
  speed: v.array(v.number()),
  /** Mean velocity of what moves there, picture heights per second: x to the right and y down, in turns. */
  direction: v.array(v.number()),
});
export type CameraNormality = v.InferOutput<typeof cameraNormalitySchema>;

/** How much it takes for a flag: `high` flags more and errs more. */
export const sensitivities = ['low', 'normal', 'high'] as const;
export type Sensitivity = (typeof sensitivities)[number];

const mostZones = 32;
const mostClasses = 64;

/** What holds for one camera; null and empty leave a thing to the scan and the program's settings. */
export const cameraSettingsSchema = v.object({
  zones: v.optional(v.pipe(v.array(zoneSchema), v.maxLength(mostZones, `At most ${String(mostZones)} zones.`)), []),
  /** Analysed frames per minute of footage that a scan may spend. */
  framesPerMinute: v.optional(
    v.nullable(v.pipe(v.number('A number above 0.'), v.finite('A number above 0.'), v.gtValue(0, 'A number above 0.'))),
    null,
  ),
  /** Name of the policy that looks. */
  policy: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(200))), null),
  /** Classes asked for; empty for anything unusual. */
  classes: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A class.'))),
      v.maxLength(mostClasses, `At most ${String(mostClasses)} classes.`),
    ),
    [],
  ),
  sensitivity: v.optional(v.picklist(sensitivities, `One of ${sensitivities.join(', ')}.`), 'normal'),
});
export type CameraSettings = v.InferOutput<typeof cameraSettingsSchema>;

export const defaultCameraSettings: CameraSettings = v.parse(cameraSettingsSchema, {});

/** `stored` with defaults for what it lacks; null where it is none. */
export function readCameraSettings(stored: unknown): CameraSettings | null {
  const parsed = v.safeParse(cameraSettingsSchema, stored);
  return parsed.success ? parsed.output : null;
}
