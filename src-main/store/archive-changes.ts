/** Tells whoever listens that what lists of recordings and flags show has changed. */

export interface ArchiveChanges {
  /** Called by the tables after a write, also within a transaction that is taken back later. */
  readonly note: () => void;
  /** The listener is called within the write: it must neither read nor write the store before that is over. */
  readonly on: (listener: () => void) => () => void;
}

export function createArchiveChanges(): ArchiveChanges {
  const listeners = new Set<() => void>();
  return {
    note: () => listeners.forEach((listener) => listener()),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
