/** Schema 5: training runs with their curves, and which of two trajectories a reviewer finds better. */
export const version = 5;

export const up = /* sql */ `
-- id: that of its job. version: the policy version that came out.
CREATE TABLE training_runs (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  from_version TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  data TEXT CHECK (json_valid(data)),
  gate TEXT CHECK (json_valid(gate)),
  version TEXT,
  stopped TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX training_runs_by_start ON training_runs (started_at_ms);

-- A run that goes on from a checkpoint passes points again that are here already.
CREATE TABLE training_points (
  run TEXT NOT NULL REFERENCES training_runs (id) ON DELETE CASCADE,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  point TEXT NOT NULL CHECK (json_valid(point)),
  PRIMARY KEY (run, round, step)
) STRICT, WITHOUT ROWID;

-- Hashes of trajectories. Rows stay; one that was withdrawn, or whose opposite was stated later, no longer holds.
CREATE TABLE preferences (
  id TEXT PRIMARY KEY,
  recording TEXT NOT NULL REFERENCES recordings (id),
  chosen TEXT NOT NULL,
  rejected TEXT NOT NULL CHECK (rejected <> chosen),
  stated_at_ms INTEGER NOT NULL,
  withdrawn_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX preferences_by_recording ON preferences (recording, stated_at_ms);
CREATE UNIQUE INDEX preferences_standing ON preferences (min(chosen, rejected), max(chosen, rejected))
  WHERE withdrawn_at_ms IS NULL;
`;
