-- Generated from src-main/store/migrations by scripts/schema-sql.ts: schema 12.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE cameras (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  clock_offset_ms INTEGER NOT NULL DEFAULT 0,
  time_zone TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  sha256 TEXT CHECK (length(sha256) = 64),
  camera TEXT NOT NULL REFERENCES cameras (id),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  status TEXT NOT NULL DEFAULT 'ready' CHECK (status IN ('ready', 'unreadable')),
  reason TEXT,
  seconds REAL NOT NULL CHECK (seconds >= 0),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  rotation INTEGER NOT NULL CHECK (rotation IN (0, 90, 180, 270)),
  frame_rate REAL,
  codec TEXT NOT NULL,
  container TEXT NOT NULL,
  clock_source TEXT NOT NULL CHECK (clock_source IN ('file-name', 'folder-name', 'container', 'file-time', 'none')),
  clock_text TEXT NOT NULL,
  clock_local TEXT,
  clock_utc_ms INTEGER,
  last_path TEXT NOT NULL,
  added_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX recordings_by_camera ON recordings (camera, clock_utc_ms);

CREATE TABLE recording_paths (
  path TEXT PRIMARY KEY,
  recording TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX recording_paths_by_recording ON recording_paths (recording, seen_at_ms, path);

CREATE TABLE unreadable_files (
  path TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'paused', 'done', 'failed')),
  params TEXT NOT NULL CHECK (json_valid(params)),
  progress TEXT NOT NULL CHECK (json_valid(progress)),
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  reason TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_by_start ON jobs (started_at_ms);

CREATE TABLE job_items (
  job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  reason TEXT,
  PRIMARY KEY (job, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE scans (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  recording TEXT NOT NULL REFERENCES recordings (id),
  policy TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  budget REAL NOT NULL,
  models TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  reason TEXT,
  summary TEXT CHECK (json_valid(summary)),
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  superseded_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX scans_by_recording ON scans (recording, policy);

CREATE INDEX scans_running ON scans (started_at_ms) WHERE state = 'running';

CREATE TABLE triage (
  recording TEXT NOT NULL REFERENCES recordings (id),
  key TEXT NOT NULL,
  blob TEXT NOT NULL,
  PRIMARY KEY (recording, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX triage_by_blob ON triage (blob);

CREATE TABLE episodes (
  scan TEXT NOT NULL REFERENCES scans (id),
  starts REAL NOT NULL,
  ends REAL NOT NULL CHECK (ends > starts),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done')),
  result TEXT CHECK (json_valid(result)),
  trajectory TEXT,
  PRIMARY KEY (scan, starts),
  CHECK (state = 'waiting' OR (result IS NOT NULL AND trajectory IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX episodes_by_trajectory ON episodes (trajectory);

CREATE TABLE flags (
  id TEXT PRIMARY KEY CHECK (length(id) = 64),
  scan TEXT NOT NULL REFERENCES scans (id),
  recording TEXT NOT NULL REFERENCES recordings (id),
  starts REAL NOT NULL CHECK (starts >= 0),
  ends REAL NOT NULL CHECK (ends > starts),
  class TEXT NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  explanation TEXT NOT NULL,
  claims TEXT NOT NULL CHECK (json_valid(claims)),
  trajectory TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  superseded_at_ms INTEGER
, verdict INTEGER REFERENCES verdicts (id), state TEXT CHECK (state IN ('open', 'confirm', 'reject', 'unsure')), listed_class TEXT, number INTEGER, noted INTEGER NOT NULL DEFAULT 0 CHECK (noted IN (0, 1)), clock_ms REAL) STRICT, WITHOUT ROWID;

CREATE INDEX flags_by_recording ON flags (recording, starts);

CREATE INDEX flags_by_scan ON flags (scan, starts);

CREATE INDEX flags_by_trajectory ON flags (trajectory);

CREATE TABLE verdicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  flag TEXT NOT NULL REFERENCES flags (id),
  decision TEXT NOT NULL CHECK (decision IN ('confirm', 'reject', 'unsure', 'retract')),
  class TEXT,
  starts REAL,
  ends REAL CHECK (ends > starts),
  note TEXT NOT NULL,
  decided_at_ms INTEGER NOT NULL,
  retracts INTEGER UNIQUE REFERENCES verdicts (id), reason TEXT NOT NULL DEFAULT '',
  CHECK ((decision = 'retract') = (retracts IS NOT NULL))
) STRICT;

CREATE INDEX verdicts_by_flag ON verdicts (flag, id);

CREATE TRIGGER verdicts_keep_entries BEFORE DELETE ON verdicts BEGIN
  SELECT RAISE(ABORT, 'verdicts are only ever added');
END;

CREATE TRIGGER verdicts_keep_contents BEFORE UPDATE ON verdicts BEGIN
  SELECT RAISE(ABORT, 'verdicts are only ever added');
END;

CREATE TABLE misses (
  id TEXT PRIMARY KEY,
  recording TEXT NOT NULL REFERENCES recordings (id),
  starts REAL NOT NULL CHECK (starts >= 0),
  ends REAL NOT NULL CHECK (ends > starts),
  class TEXT NOT NULL,
  note TEXT NOT NULL,
  added_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX misses_by_recording ON misses (recording, starts);

CREATE TABLE frame_sets (
  id INTEGER PRIMARY KEY,
  recording TEXT NOT NULL REFERENCES recordings (id),
  perception_key TEXT NOT NULL,
  UNIQUE (recording, perception_key)
) STRICT;

CREATE TABLE frame_blobs (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX frame_blobs_by_use ON frame_blobs (used_at_ms);

CREATE TABLE frame_cache (
  frame_set INTEGER NOT NULL REFERENCES frame_sets (id) ON DELETE CASCADE,
  time_ms INTEGER NOT NULL,
  blob INTEGER NOT NULL REFERENCES frame_blobs (id) ON DELETE CASCADE,
  byte_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  PRIMARY KEY (frame_set, time_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX frame_cache_by_blob ON frame_cache (blob);

CREATE TABLE quarantine (
  recording TEXT NOT NULL REFERENCES recordings (id),
  task TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  failed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (recording, task)
) STRICT, WITHOUT ROWID;

CREATE VIEW flags_as_listed AS
  SELECT f.id, v.id AS verdict, coalesce(v.class, f.class) AS listed_class,
    CASE WHEN v.id IS NOT NULL THEN v.decision
      WHEN f.superseded_at_ms IS NULL AND s.superseded_at_ms IS NULL THEN 'open' END AS state
  FROM flags f JOIN scans s ON s.id = f.scan
    LEFT JOIN verdicts v ON v.id = (SELECT max(h.id) FROM verdicts h WHERE h.flag = f.id AND h.decision <> 'retract'
      AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.retracts = h.id));

CREATE TRIGGER flags_listed_when_changed AFTER UPDATE OF class, scan, superseded_at_ms ON flags BEGIN
  UPDATE flags SET (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE id = NEW.id;
END;

CREATE TRIGGER flags_listed_when_superseded AFTER UPDATE OF superseded_at_ms ON scans
WHEN (OLD.superseded_at_ms IS NULL) <> (NEW.superseded_at_ms IS NULL) BEGIN
  UPDATE flags SET (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE scan = NEW.id;
END;

CREATE TRIGGER flags_listed_when_decided AFTER INSERT ON verdicts BEGIN
  UPDATE flags SET (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE id = NEW.flag;
END;

CREATE INDEX scans_done ON scans (recording) WHERE state = 'done';

CREATE TABLE normality_parts (
  recording TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  blob TEXT NOT NULL,
  learned_at_ms INTEGER NOT NULL,
  PRIMARY KEY (recording, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE normality_snapshots (
  camera TEXT NOT NULL REFERENCES cameras (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  blob TEXT NOT NULL,
  -- Recordings that it was made of.
  parts INTEGER NOT NULL CHECK (parts > 0),
  made_at_ms INTEGER NOT NULL,
  PRIMARY KEY (camera, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
  number INTEGER PRIMARY KEY AUTOINCREMENT CHECK (number > 0),
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_valid(details)),
  previous TEXT NOT NULL CHECK (length(previous) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX audit_log_by_subject ON audit_log (subject, number);

CREATE TRIGGER audit_log_keeps_rows BEFORE DELETE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'the audit log only ever grows');
END;

CREATE TRIGGER audit_log_keeps_contents BEFORE UPDATE ON audit_log BEGIN
  SELECT RAISE(ABORT, 'the audit log only ever grows');
END;

CREATE TRIGGER audit_log_grows_at_its_end BEFORE INSERT ON audit_log
WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM audit_log)
  OR NEW.previous <> coalesce((SELECT hash FROM audit_log ORDER BY number DESC LIMIT 1), printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM audit_log WHERE hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows at its end');
END;

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

CREATE TABLE training_points (
  run TEXT NOT NULL REFERENCES training_runs (id) ON DELETE CASCADE,
  round INTEGER NOT NULL,
  step INTEGER NOT NULL,
  point TEXT NOT NULL CHECK (json_valid(point)),
  PRIMARY KEY (run, round, step)
) STRICT, WITHOUT ROWID;

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

CREATE INDEX verdicts_by_reason ON verdicts (reason) WHERE reason <> '';

CREATE INDEX verdicts_by_class ON verdicts (class) WHERE class IS NOT NULL;

CREATE TABLE flag_tags (
  flag TEXT NOT NULL REFERENCES flags (id),
  tag TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (flag, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX flag_tags_by_tag ON flag_tags (tag, flag);

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

CREATE TRIGGER policy_versions_are_new BEFORE INSERT ON policy_versions
WHEN EXISTS (SELECT 1 FROM policy_versions WHERE id = NEW.id OR name = NEW.name) BEGIN
  SELECT RAISE(ABORT, 'there is such a policy version already');
END;

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

CREATE UNIQUE INDEX flags_by_number ON flags (number);

CREATE INDEX noted_flags ON flags (number) WHERE noted = 1;

CREATE VIEW flag_texts AS
  SELECT f.id, f.number, f.explanation,
    concat_ws(char(10), v.note, nullif(v.reason, ''),
      (SELECT group_concat(t.tag, char(10)) FROM flag_tags t WHERE t.flag = f.id)) AS notes,
    concat_ws(' ', 'class:' || f.class || ';', 'class:' || f.listed_class || ';',
      (SELECT group_concat(DISTINCT replace(json_extract(c.value, '$.args.attribute'), '-', ' '))
        FROM json_each(f.claims) c WHERE json_extract(c.value, '$.args.attribute') IS NOT NULL)) AS words
  FROM flags f LEFT JOIN verdicts v ON v.id = f.verdict;

CREATE VIRTUAL TABLE flag_search USING fts5 (explanation, notes, words,
  content = '', contentless_delete = 1, tokenize = 'trigram');

CREATE TRIGGER flags_searched_when_changed AFTER UPDATE OF number, verdict, listed_class, explanation, claims ON flags
WHEN OLD.number IS NOT NEW.number OR OLD.listed_class IS NOT NEW.listed_class
  OR OLD.explanation IS NOT NEW.explanation OR OLD.claims IS NOT NEW.claims
  OR coalesce((SELECT v.note || char(10) || v.reason FROM verdicts v WHERE v.id = OLD.verdict), char(10)) <>
    coalesce((SELECT v.note || char(10) || v.reason FROM verdicts v WHERE v.id = NEW.verdict), char(10))
BEGIN
  UPDATE flags SET noted = coalesce((SELECT v.note <> '' FROM verdicts v WHERE v.id = flags.verdict), 0)
    WHERE id = NEW.id;
  DELETE FROM flag_search WHERE rowid = NEW.number;
  INSERT INTO flag_search (rowid, explanation, notes, words)
    SELECT number, explanation, notes, words FROM flag_texts WHERE id = NEW.id;
END;

CREATE TRIGGER flags_searched_when_tagged AFTER INSERT ON flag_tags BEGIN
  DELETE FROM flag_search WHERE rowid = (SELECT number FROM flags WHERE id = NEW.flag);
  INSERT INTO flag_search (rowid, explanation, notes, words)
    SELECT number, explanation, notes, words FROM flag_texts WHERE id = NEW.flag;
END;

CREATE TRIGGER flags_searched_when_untagged AFTER DELETE ON flag_tags BEGIN
  DELETE FROM flag_search WHERE rowid = (SELECT number FROM flags WHERE id = OLD.flag);
  INSERT INTO flag_search (rowid, explanation, notes, words)
    SELECT number, explanation, notes, words FROM flag_texts WHERE id = OLD.flag;
END;

CREATE TABLE flag_vectors (
  number INTEGER PRIMARY KEY,
  layout TEXT NOT NULL,
  vector BLOB
) STRICT;

CREATE TRIGGER flags_gone AFTER DELETE ON flags BEGIN
  DELETE FROM flag_search WHERE rowid = OLD.number;
  DELETE FROM flag_vectors WHERE number = OLD.number;
END;

CREATE TRIGGER flags_seen_anew AFTER UPDATE OF trajectory ON flags WHEN OLD.trajectory <> NEW.trajectory BEGIN
  DELETE FROM flag_vectors WHERE number = NEW.number;
END;

CREATE INDEX listed_flags_by_score ON flags (score DESC, recording, starts, id, state, listed_class, number, noted, scan)
  WHERE state IS NOT NULL;

CREATE INDEX listed_flags_by_recording
  ON flags (recording, starts, id, score, state, listed_class, number, noted, scan) WHERE state IS NOT NULL;

CREATE INDEX scans_by_version ON scans (policy, policy_version);

CREATE INDEX recordings_by_length ON recordings (seconds);

CREATE TABLE saved_filters (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  -- The query of the window's address, as an object of lists.
  query TEXT NOT NULL CHECK (json_valid(query)),
  place INTEGER NOT NULL,
  saved_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW flag_clocks AS
  SELECT f.id, r.clock_utc_ms + c.clock_offset_ms + 1000 * f.starts AS clock_ms
  FROM flags f JOIN recordings r ON r.id = f.recording JOIN cameras c ON c.id = r.camera;

CREATE TRIGGER flags_listed_when_new AFTER INSERT ON flags BEGIN
  UPDATE flags SET number = (SELECT coalesce(max(number), 0) + 1 FROM flags),
    clock_ms = (SELECT k.clock_ms FROM flag_clocks k WHERE k.id = flags.id), (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE id = NEW.id;
END;

CREATE TRIGGER flags_timed_when_moved AFTER UPDATE OF recording, starts ON flags BEGIN
  UPDATE flags SET clock_ms = (SELECT k.clock_ms FROM flag_clocks k WHERE k.id = flags.id) WHERE id = NEW.id;
END;

CREATE TRIGGER flags_timed_with_recordings AFTER UPDATE OF clock_utc_ms, camera ON recordings
WHEN OLD.clock_utc_ms IS NOT NEW.clock_utc_ms OR OLD.camera <> NEW.camera BEGIN
  UPDATE flags SET clock_ms = (SELECT k.clock_ms FROM flag_clocks k WHERE k.id = flags.id) WHERE recording = NEW.id;
END;

CREATE TRIGGER flags_timed_with_cameras AFTER UPDATE OF clock_offset_ms ON cameras
WHEN OLD.clock_offset_ms <> NEW.clock_offset_ms BEGIN
  UPDATE flags SET clock_ms = (SELECT k.clock_ms FROM flag_clocks k WHERE k.id = flags.id)
    WHERE recording IN (SELECT id FROM recordings WHERE camera = NEW.id);
END;

CREATE INDEX listed_flags_by_clock
  ON flags (clock_ms IS NULL, clock_ms, recording, starts, id, score, state, listed_class, number, noted, scan)
  WHERE state IS NOT NULL;

CREATE INDEX listed_flags_by_number
  ON flags (number, state, listed_class, score, recording, starts, noted, scan, clock_ms, id) WHERE state IS NOT NULL;

CREATE INDEX verdicts_by_note ON verdicts (note, flag) WHERE note <> '';
