/** Schema 9: flags found by words in what is said of them, by what stands with them, and by likeness. */
export const version = 9;

export const up = /* sql */ `
-- number: the flag's row in flag_search and flag_vectors. noted: its standing verdict has a note.
-- Both are kept by the triggers below and never written otherwise.
ALTER TABLE flags ADD COLUMN number INTEGER;
ALTER TABLE flags ADD COLUMN noted INTEGER NOT NULL DEFAULT 0 CHECK (noted IN (0, 1));
UPDATE flags SET number = counted.number, noted = counted.noted
  FROM (SELECT f.id, row_number() OVER (ORDER BY f.id) AS number, coalesce(v.note <> '', 0) AS noted
    FROM flags f LEFT JOIN verdicts v ON v.id = f.verdict) counted WHERE counted.id = flags.id;
CREATE UNIQUE INDEX flags_by_number ON flags (number);
CREATE INDEX noted_flags ON flags (number) WHERE noted = 1;

-- What is said of a flag, by who says it. Classes are written so that a query can ask for exactly one of them.
CREATE VIEW flag_texts AS
  SELECT f.id, f.number, f.explanation,
    concat_ws(char(10), v.note, nullif(v.reason, ''),
      (SELECT group_concat(t.tag, char(10)) FROM flag_tags t WHERE t.flag = f.id)) AS notes,
    concat_ws(' ', 'class:' || f.class || ';', 'class:' || f.listed_class || ';',
      (SELECT group_concat(DISTINCT replace(json_extract(c.value, '$.args.attribute'), '-', ' '))
        FROM json_each(f.claims) c WHERE json_extract(c.value, '$.args.attribute') IS NOT NULL)) AS words
  FROM flags f LEFT JOIN verdicts v ON v.id = f.verdict;

-- Three letters at a time, so that any part of a word is found. The text itself stays where it is.
CREATE VIRTUAL TABLE flag_search USING fts5 (explanation, notes, words,
  content = '', contentless_delete = 1, tokenize = 'trigram');
INSERT INTO flag_search (rowid, explanation, notes, words)
  SELECT number, explanation, notes, words FROM flag_texts ORDER BY number;

DROP TRIGGER flags_listed_when_new;
CREATE TRIGGER flags_listed_when_new AFTER INSERT ON flags BEGIN
  UPDATE flags SET number = (SELECT coalesce(max(number), 0) + 1 FROM flags), (verdict, state, listed_class) =
    (SELECT l.verdict, l.state, l.listed_class FROM flags_as_listed l WHERE l.id = flags.id) WHERE id = NEW.id;
END;
-- Not at a verdict that says no more than the one before it: that is what most of them do.
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

-- What was seen in a flag's interval, as review/likeness.ts packs it; NULL where nothing of it is left to be seen.
CREATE TABLE flag_vectors (
  number INTEGER PRIMARY KEY,
  layout TEXT NOT NULL,
  vector BLOB
) STRICT;
CREATE TRIGGER flags_gone AFTER DELETE ON flags BEGIN
  DELETE FROM flag_search WHERE rowid = OLD.number;
  DELETE FROM flag_vectors WHERE number = OLD.number;
END;
-- Found anew: it may have been seen more closely.
CREATE TRIGGER flags_seen_anew AFTER UPDATE OF trajectory ON flags WHEN OLD.trajectory <> NEW.trajectory BEGIN
  DELETE FROM flag_vectors WHERE number = NEW.number;
END;

-- All that a queue filters by, so that it reads no flag.
DROP INDEX listed_flags_by_score;
DROP INDEX listed_flags_by_recording;
CREATE INDEX listed_flags_by_score ON flags (score DESC, recording, starts, id, state, listed_class, number, noted, scan)
  WHERE state IS NOT NULL;
CREATE INDEX listed_flags_by_recording
  ON flags (recording, starts, id, score, state, listed_class, number, noted, scan) WHERE state IS NOT NULL;
CREATE INDEX scans_by_version ON scans (policy, policy_version);
-- How far before a time a recording may begin and still reach into it.
CREATE INDEX recordings_by_length ON recordings (seconds);
`;
