/** Schema 2: what a list of flags asks for stands with each flag, kept by triggers, so that no list works it out anew. */
export const version = 2;

export const up = /* sql */ `
-- verdict: the one that holds. state: NULL while the flag is not listed. listed_class: the reviewer's where he gave one.
-- Kept by the triggers below and never written otherwise; what they say is in flags_as_listed.
ALTER TABLE flags ADD COLUMN verdict INTEGER REFERENCES verdicts (id);
ALTER TABLE flags ADD COLUMN state TEXT CHECK (state IN ('open', 'confirm', 'reject', 'unsure'));
ALTER TABLE flags ADD COLUMN listed_class TEXT;

-- The rule: a flag is listed while it and its scan stand; one that a reviewer decided on is listed for good.
CREATE VIEW flags_as_listed AS
  SELECT f.id, v.id AS verdict, coalesce(v.class, f.class) AS listed_class,
    CASE WHEN v.id IS NOT NULL THEN v.decision
      WHEN f.superseded_at_ms IS NULL AND s.superseded_at_ms IS NULL THEN 'open' END AS state
  FROM flags f JOIN scans s ON s.id = f.scan
    LEFT JOIN verdicts v ON v.id = (SELECT max(h.id) FROM verdicts h WHERE h.flag = f.id AND h.decision <> 'retract'
      AND NOT EXISTS (SELECT 1 FROM verdicts u WHERE u.retracts = h.id));

UPDATE flags SET (verdict, state, listed_class) =
  (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id);

CREATE TRIGGER flags_listed_when_new AFTER INSERT ON flags BEGIN
  UPDATE flags SET (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE id = NEW.id;
END;
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

-- Both hold all that a queue filters by, so that it reads no flag: those carry their claims.
CREATE INDEX listed_flags_by_score ON flags (score DESC, recording, starts, id, state, listed_class)
  WHERE state IS NOT NULL;
CREATE INDEX listed_flags_by_recording ON flags (recording, starts, id, score, state, listed_class) WHERE state IS NOT NULL;

CREATE INDEX scans_done ON scans (recording) WHERE state = 'done';
`;
