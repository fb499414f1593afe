/** Schema 6: what was set for single cameras, and the folders whose new recordings are taken in by themselves. */
export const version = 6;

export const up = /* sql */ `
CREATE TABLE camera_settings (
  camera TEXT PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  -- Zones, budget, policy, classes and sensitivity (contract/camera.ts).
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  changed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE watched_folders (
  path TEXT PRIMARY KEY,
  -- Whether what is new is looked through, or only indexed.
  scan INTEGER NOT NULL CHECK (scan IN (0, 1)),
  added_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
