/** What holds for single cameras: read and set by name, and asked for by the scan of a recording. */
import { type CameraSettings, defaultCameraSettings, readCameraSettings } from '../contract/camera.ts';
import { AppError } from '../contract/errors.ts';
import { defaultThresholds, type Thresholds, thresholdsFor } from '../inquiry/index.ts';
import { canonicalJson, type Camera, type JsonValue, type Store } from '../store/index.ts';
import { resolvePolicy } from './policies/find-version.ts';

type SettingsStore = Pick<Store, 'cameras' | 'cameraSettings' | 'policyVersions'>;

/** Errors: `not-found`. */
export function requireCamera({ cameras }: Pick<Store, 'cameras'>, name: string): Camera {
  const camera = cameras.list().find((candidate) => candidate.name === name);
  if (camera === undefined) throw new AppError('not-found', `There is no camera ${name}.`);
  return camera;
}

/** Defaults where nothing was set, or another version of the program set what makes no sense to this one. */
export function settingsOf({ cameraSettings }: Pick<Store, 'cameraSettings'>, camera: string): CameraSettings {
  return readCameraSettings(cameraSettings.get(camera)) ?? defaultCameraSettings;
}

/** Errors: `not-found`; `invalid-argument` for a policy that is not there. */
export function configureCamera(
  store: SettingsStore,
  name: string,
  settings: CameraSettings,
  atMs: number,
): CameraSettings {
  const { id } = requireCamera(store, name);
  if (settings.policy !== null) resolvePolicy(store, settings.policy);
  store.cameraSettings.set(id, settings, atMs);
  return settingsOf(store, id);
}

/** How a recording is looked at, as far as its camera says. */
export interface CameraLook {
  readonly zones: CameraSettings['zones'];
  readonly question: readonly string[];
  readonly thresholds: Thresholds;
}

/** `key`: what of it changes what a scan sees, for the scan's id; null where nothing was set, as before there were cameras' settings. */
export function lookOf({ zones, classes, sensitivity }: CameraSettings): CameraLook & { readonly key: JsonValue } {
  const question = [...new Set(classes)].toSorted();
  const thresholds = thresholdsFor(sensitivity);
  const isDefault = zones.length === 0 && question.length === 0 && thresholds === defaultThresholds;
  // Names and the order of zones change nothing that is seen.
  const shapes = zones.map(({ kind, points }): JsonValue => ({ kind, points })).toSorted(byText);
  return {
    zones,
    question,
    thresholds,
    key: isDefault ? null : { zones: shapes, question, thresholds: { ...thresholds } },
  };
}

const byText = (a: JsonValue, b: JsonValue) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1);
