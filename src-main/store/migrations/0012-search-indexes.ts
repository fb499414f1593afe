/** Schema 12: what the search found is looked up by its numbers without reading flags, and notes without their verdicts. */
export const version = 12;

export const up = /* sql */ `
CREATE INDEX listed_flags_by_number
  ON flags (number, state, listed_class, score, recording, starts, noted, scan, clock_ms, id) WHERE state IS NOT NULL;
CREATE INDEX verdicts_by_note ON verdicts (note, flag) WHERE note <> '';
`;
