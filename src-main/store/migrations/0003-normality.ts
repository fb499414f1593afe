/** Schema 3: what each recording taught of its camera's usual life, and the snapshots made of that. */
export const version = 3;

export const up = /* sql */ `
-- key: version of normality and perception, and the models; what was learned under different keys is never mixed.
CREATE TABLE normality_parts (
  recording TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  blob TEXT NOT NULL,
  learned_at_ms INTEGER NOT NULL,
  PRIMARY KEY (recording, key)
) STRICT, WITHOUT ROWID;

-- The latest of each camera; trajectories name the one that they were judged by.
CREATE TABLE normality_snapshots (
  camera TEXT NOT NULL REFERENCES cameras (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  blob TEXT NOT NULL,
  -- Recordings that it was made of.
  parts INTEGER NOT NULL CHECK (parts > 0),
  made_at_ms INTEGER NOT NULL,
  PRIMARY KEY (camera, key)
) STRICT, WITHOUT ROWID;
`;
