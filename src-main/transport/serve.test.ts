import { describe, expect, it } from 'vitest';
import { createStandInService, standInJob } from '../../test/support/stand-in-service.ts';
import { type Channel, maxBacklog } from '../contract/wire.ts';
import { createInbox } from '../contract/inbox.ts';
import { serve } from './serve.ts';

describe('serve', () => {
  it('lets go of a client that does not take what it subscribed to', () => {
    const inbox = createInbox();
    const sent: string[] = [];
    let backlog = 0;
    const channel: Channel = {
      get backlog() {
        return backlog;
      },
      send: (text) => void sent.push(text),
      onMessage: inbox.onMessage,
      onClose: inbox.onClose,
      close: (reason = '') => inbox.end(reason),
    };
    const { service, events, listeners } = createStandInService();
    serve(channel, service);
    inbox.push('{"type":"subscribe","id":1,"event":"job.changed"}');
    events.emit('job.changed', standInJob('j'));
    expect([sent.length, inbox.ended]).toEqual([2, false]);

    backlog = maxBacklog + 1;
    events.emit('job.changed', standInJob('j'));
    events.emit('job.changed', standInJob('j'));
    expect([sent.length, inbox.ended, listeners()]).toEqual([2, true, 0]);
  });
});
