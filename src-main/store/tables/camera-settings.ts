/** What was set for single cameras, as JSON; every change of it goes to the audit log. */
import type { CameraSettings } from '../../contract/camera.ts';
import type { WriteDatabase } from '../database.ts';
import type { Audit } from './audit.ts';
import { fromJson, jsonOf, type JsonValue } from './json.ts';
import { canonicalJson } from './scan-id.ts';

export interface CameraSettingsTable {
  /** As it was stored, for its reader to check; undefined where nothing was set. */
  get(camera: string): unknown;
  /** Settings that are there already are no change. */
  set(camera: string, settings: CameraSettings, atMs: number): void;
}

export function createCameraSettings(database: WriteDatabase, audit: Pick<Audit, 'append'>): CameraSettingsTable {
  const byCamera = database.query<{ settings: string }>('SELECT settings FROM camera_settings WHERE camera = @camera');
  const put = database.command(/* sql */ `
    INSERT OR REPLACE INTO camera_settings (camera, settings, changed_at_ms) VALUES (@camera, @settings, @atMs)`);
  const stored = (camera: string) => {
    const row = byCamera.get({ camera });
    return row === undefined ? undefined : fromJson<JsonValue>(row.settings);
  };
  return {
    get: stored,
    set: (camera, settings, atMs) =>
      database.transaction(() => {
        const before = stored(camera) ?? null;
        if (before !== null && canonicalJson(before) === canonicalJson(settings)) return;
        put.run({ camera, settings: jsonOf(settings), atMs });
        audit.append({ kind: 'camera', subject: camera, details: { before, value: settings } });
      }),
  };
}
