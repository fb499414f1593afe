/** Calls about cameras: what each of them usually shows. */
import * as v from 'valibot';
import { cameraNormalitySchema } from '../camera.ts';
import { call, nothing, text } from './call.ts';

export const camerasCalls = {
  /** Null as long as nothing was learned. Errors: `not-found`. */
  normality: call({ camera: text }, v.object({ normality: v.nullable(cameraNormalitySchema) })),
  /** Forgets what was learned; the next scans learn anew. Flags stay as they are. Errors: `not-found`. */
  resetNormality: call({ camera: text }, nothing),
};
