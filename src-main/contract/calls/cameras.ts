/** Calls about cameras: what each of them usually shows, and how it is looked at. */
import * as v from 'valibot';
import { cameraNormalitySchema, cameraSettingsSchema } from '../camera.ts';
import { cameraClockSchema, cameraMomentSchema, footageSchema } from '../footage.ts';
import { call, nothing, text } from './call.ts';

const utcMs = v.pipe(v.number(), v.safeInteger());
/** A century is more than any camera's battery went wrong by. */
const mostCorrectionMs = 100 * 366 * 86_400_000;
const correction = v.pipe(v.number(), v.safeInteger(), v.minValue(-mostCorrectionMs), v.maxValue(mostCorrectionMs));

export const camerasCalls = {
  /** Null as long as nothing was learned. Errors: `not-found`. */
  normality: call({ camera: text }, v.object({ normality: v.nullable(cameraNormalitySchema) })),
  /** Forgets what was learned; the next scans learn anew. Flags stay as they are. Errors: `not-found`. */
  resetNormality: call({ camera: text }, nothing),
  /** What it recorded in a span of the wall clock of two days at most. Errors: `not-found`, `invalid-argument`. */
  footage: call({ camera: text, fromUtcMs: utcMs, toUtcMs: utcMs }, v.object({ footage: v.array(footageSchema) })),
  /** Every camera at one moment of the wall clock, by name. */
  moment: call({ utcMs }, v.object({ cameras: v.array(cameraMomentSchema) })),
  /**
   * Corrects its clock, and with it the times of all its recordings; tells what held before.
   * Errors: `not-found`; `invalid-argument` for a zone that does not exist.
   */
  setClock: call(
    { camera: text, clockOffsetMs: correction, timeZone: v.nullable(text) },
    v.object({ before: cameraClockSchema }),
  ),
  /** Its zones and what else was set for it; defaults where nothing was. Errors: `not-found`. */
  settings: call({ camera: text }, v.object({ settings: cameraSettingsSchema })),
  /**
   * Replaces what was set for it. The next scan looks anew where that changes what it would see; flags stay until then.
   * Errors: `not-found`; `invalid-argument` for a policy that is not there.
   */
  configure: call({ camera: text, settings: cameraSettingsSchema }, v.object({ settings: cameraSettingsSchema })),
};
