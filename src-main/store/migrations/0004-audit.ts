/** Schema 4: the audit log, which only ever grows and in which every row is chained to the one before it. */
export const version = 4;

export const up = /* sql */ `
-- hash: of previous and of the row's content (audit-chain.ts). AUTOINCREMENT also keeps how many rows were ever written,
-- so that a log whose end was cut off does not look whole.
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
-- Also against INSERT OR REPLACE, which deletes without asking the trigger above.
CREATE TRIGGER audit_log_grows_at_its_end BEFORE INSERT ON audit_log
WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM audit_log)
  OR NEW.previous <> coalesce((SELECT hash FROM audit_log ORDER BY number DESC LIMIT 1), printf('%064d', 0))
  OR EXISTS (SELECT 1 FROM audit_log WHERE hash = NEW.hash)
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows at its end');
END;
`;
