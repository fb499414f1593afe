/** Schema 8: versions of policies, which never change; which of them was in force when; and comparisons of two policies. */
export const version = 8;

export const up = /* sql */ `
-- id: hash of policy, parents, seed, settings, data and weights (policy-version-id.ts). weights: the hash of a blob.
CREATE TABLE policy_versions (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  policy TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('shipped', 'trained')),
  parents TEXT NOT NULL CHECK (json_valid(parents)),
  seed TEXT NOT NULL CHECK (json_valid(seed)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  data TEXT NOT NULL CHECK (json_valid(data)),
  weights TEXT NOT NULL CHECK (length(weights) = 64),
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  curves TEXT NOT NULL CHECK (json_valid(curves)),
  gate TEXT CHECK (json_valid(gate)),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_versions_by_weights ON policy_versions (weights);

CREATE TRIGGER policy_versions_keep_rows BEFORE DELETE ON policy_versions BEGIN
  SELECT RAISE(ABORT, 'policy versions are only ever added');
END;
CREATE TRIGGER policy_versions_keep_contents BEFORE UPDATE ON policy_versions BEGIN
  SELECT RAISE(ABORT, 'policy versions are only ever added');
END;
-- Also against INSERT OR REPLACE, which deletes without asking the trigger above.
CREATE TRIGGER policy_versions_are_new BEFORE INSERT ON policy_versions
WHEN EXISTS (SELECT 1 FROM policy_versions WHERE id = NEW.id OR name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'there is such a policy version already');
END;

-- The last one is in force. 'rollback': what was in force before; 'first': put in force by the program.
CREATE TABLE policy_activations (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  version TEXT NOT NULL REFERENCES policy_versions (id),
  kind TEXT NOT NULL CHECK (kind IN ('first', 'activate', 'rollback')),
  at_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER policy_activations_keep_rows BEFORE DELETE ON policy_activations BEGIN
  SELECT RAISE(ABORT, 'activations are only ever added');
END;
CREATE TRIGGER policy_activations_keep_contents BEFORE UPDATE ON policy_activations BEGIN
  SELECT RAISE(ABORT, 'activations are only ever added');
END;
CREATE TRIGGER policy_activations_grow_at_their_end BEFORE INSERT ON policy_activations
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM policy_activations) BEGIN
  SELECT RAISE(ABORT, 'activations are only ever added');
END;

-- id: that of the job. Its recordings are rows of their own, so that one that was interrupted goes on where it stopped.
CREATE TABLE comparisons (
  id TEXT PRIMARY KEY,
  compared TEXT NOT NULL CHECK (json_valid(compared)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  created_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX comparisons_by_time ON comparisons (created_at_ms);
CREATE TABLE compared_recordings (
  comparison TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
  recording TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  -- Why it could not be looked at; NULL where it was.
  reason TEXT,
  sides TEXT CHECK (json_valid(sides)),
  PRIMARY KEY (comparison, recording),
  CHECK ((reason IS NULL) <> (sides IS NULL))
) STRICT, WITHOUT ROWID;
`;
