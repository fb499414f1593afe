/** The contract over a port that the page sent to the shell. */
import type { MessagePortMain } from 'electron/main';
import type { Channel } from '../../contract/wire.ts';
import { createInbox } from '../../contract/inbox.ts';

/** `port` as a channel, which takes it over. A port cannot tell its backlog, nor the reason of a close. */
export function channelFromMainPort(port: Pick<MessagePortMain, 'on' | 'start' | 'postMessage' | 'close'>): Channel {
  const inbox = createInbox();
  port.on('message', ({ data }: { data: unknown }) => {
    // Anything but a text is no message of ours; an empty one is refused as not being JSON.
    inbox.push(typeof data === 'string' ? data : '');
  });
  port.on('close', () => inbox.end('the page closed it'));
  port.start();
  return {
    backlog: 0,
    send(text) {
      if (!inbox.ended) port.postMessage(text);
    },
    onMessage: inbox.onMessage,
    onClose: inbox.onClose,
    close() {
      if (inbox.ended) return;
      // Electron tells of a close on the other side only.
      inbox.end('');
      port.close();
    },
  };
}
