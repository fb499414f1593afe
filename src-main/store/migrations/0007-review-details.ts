/** Schema 7: why a verdict was given, and the reviewer's tags on flags. */
export const version = 7;

export const up = /* sql */ `
-- The reviewer's reason: one of the window's list by its id, or words of one's own; empty where none was given.
ALTER TABLE verdicts ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE INDEX verdicts_by_reason ON verdicts (reason) WHERE reason <> '';
CREATE INDEX verdicts_by_class ON verdicts (class) WHERE class IS NOT NULL;

CREATE TABLE flag_tags (
  flag TEXT NOT NULL REFERENCES flags (id),
  tag TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (flag, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_tags_by_tag ON flag_tags (tag, flag);
`;
