/** The contract over a MessagePort: between the threads of a process, or a window and its shell. */
import type { MessagePort } from 'node:worker_threads';
import type { Channel } from '../contract/wire.ts';
import { createInbox } from '../contract/inbox.ts';

/** `port` as a channel, which takes it over. A port cannot tell its backlog, nor the reason of a close. */
export function channelFromMessagePort(port: MessagePort): Channel {
  const inbox = createInbox();
  let closedHere = false;
  port.on('message', (message: unknown) => {
    // Anything but a text is no message of ours; an empty one is refused as not being JSON.
    inbox.push(typeof message === 'string' ? message : '');
  });
  port.on('messageerror', () => inbox.push(''));
  port.on('close', () => inbox.end(closedHere ? '' : 'the other side closed it'));
  return {
    backlog: 0,
    send(text) {
      if (!inbox.ended && !closedHere) port.postMessage(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close() {
      closedHere = true;
      port.close();
    },
  };
}
