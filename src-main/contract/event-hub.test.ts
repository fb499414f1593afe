import { describe, expect, it } from 'vitest';
import type { Notice } from './calls.ts';
import { createEventHub } from './event-hub.ts';

const notice = (message: string): Notice => ({ level: 'info', message });

describe('createEventHub', () => {
  it('counts a listener as often as it was given', () => {
    const hub = createEventHub();
    let heard = 0;
    const listener = () => heard++;
    const off = hub.on('core.notice', listener);
    hub.on('core.notice', listener);
    hub.emit('core.notice', notice('two'));
    off();
    off();
    hub.emit('core.notice', notice('one'));
    expect(heard).toBe(3);
  });

  it('is not confused by listeners that come and go while it speaks', () => {
    const hub = createEventHub();
    const heard: string[] = [];
    const off = hub.on('core.notice', ({ message }) => {
      heard.push(`first ${message}`);
      off();
      hub.on('core.notice', () => heard.push(`late ${message}`));
    });
    hub.on('core.notice', ({ message }) => heard.push(`second ${message}`));
    hub.emit('core.notice', notice('a'));
    hub.emit('core.notice', notice('b'));
    expect(heard).toEqual(['first a', 'second a', 'second b', 'late a']);
  });
});
