/** The receiving half of a channel: keeps what comes before anyone listens, and tells the end once. */

export interface Inbox {
  readonly ended: boolean;
  readonly push: (text: string) => void;
  readonly end: (reason: string) => void;
  readonly onMessage: (listener: (text: string) => void) => void;
  readonly onClose: (listener: (reason: string) => void) => void;
}

export function createInbox(): Inbox {
  const kept: string[] = [];
  let read: ((text: string) => void) | null = null;
  const told: ((reason: string) => void)[] = [];
  let end: string | null = null;
  return {
    get ended() {
      return end !== null;
    },
    push(text) {
      if (end !== null) return;
      if (read === null) kept.push(text);
      else read(text);
    },
    end(reason) {
      if (end !== null) return;
      end = reason;
      for (const listener of told) listener(reason);
    },
    onMessage(listener) {
      read = listener;
      for (const text of kept.splice(0)) listener(text);
    },
    onClose(listener) {
      if (end === null) told.push(listener);
      else listener(end);
    },
  };
}
