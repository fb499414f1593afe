/** Schema 10: filters of the queue that somebody named to come back to. */
export const version = 10;

export const up = /* sql */ `
CREATE TABLE saved_filters (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  -- The query of the window's address, as an object of lists.
  query TEXT NOT NULL CHECK (json_valid(query)),
  place INTEGER NOT NULL,
  saved_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
