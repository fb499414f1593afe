/** The contract inside one process: two ends that hand each other texts, in order and never synchronously. */
import type { Channel } from '../contract/wire.ts';
import { createInbox, type Inbox } from '../contract/inbox.ts';

export function createMemoryChannels(): readonly [Channel, Channel] {
  const left = createInbox();
  const right = createInbox();
  return [channelBetween(left, right), channelBetween(right, left)];
}

function channelBetween(own: Inbox, other: Inbox): Channel {
  let backlog = 0;
  let closing = false;
  return {
    get backlog() {
      return backlog;
    },
    send(text) {
      if (closing || own.ended) return;
      backlog += text.length;
      queueMicrotask(() => {
        backlog -= text.length;
        other.push(text);
      });
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    close(reason = '') {
      if (closing) return;
      closing = true;
      queueMicrotask(() => {
        other.end(reason);
        own.end('');
      });
    },
  };
}
