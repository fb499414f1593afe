/** Schema 11: when a flag starts by the wall clock stands with it, so that the queue goes by time without sorting. */
export const version = 11;

export const up = /* sql */ `
-- Wall-clock time at which it starts, in ms since the epoch, as its camera's clock was put right; NULL where the recording
-- has no clock. Kept by the triggers below and never written otherwise.
ALTER TABLE flags ADD COLUMN clock_ms REAL;
CREATE VIEW flag_clocks AS
  SELECT f.id, r.clock_utc_ms + c.clock_offset_ms + 1000 * f.starts AS clock_ms
  FROM flags f JOIN recordings r ON r.id = f.recording JOIN cameras c ON c.id = r.camera;
UPDATE flags SET clock_ms = (SELECT k.clock_ms FROM flag_clocks k WHERE k.id = flags.id);

DROP TRIGGER flags_listed_when_new;
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

-- Those without a clock come last.
CREATE INDEX listed_flags_by_clock
  ON flags (clock_ms IS NULL, clock_ms, recording, starts, id, score, state, listed_class, number, noted, scan)
  WHERE state IS NOT NULL;
`;
