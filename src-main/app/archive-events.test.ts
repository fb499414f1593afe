import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createEventHub } from '../contract/event-hub.ts';
import { type ArchiveEvents, emitArchiveEvents } from './archive-events.ts';

let change: () => void;
let recordings: number;
let told: { atMs: number; recordings: number }[];
let archiveEvents: ArchiveEvents;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  recordings = 0;
  told = [];
  const hub = createEventHub();
  hub.on('archive.changed', (event) => told.push({ atMs: Date.now() - 1_000_000, recordings: event.recordings }));
  const listeners = new Set<() => void>();
  change = () => {
    recordings++;
    listeners.forEach((listener) => listener());
  };
  const store = {
    onArchiveChange: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    recordingLists: { count: () => recordings },
    flagQueue: { count: () => 0 },
  };
  archiveEvents = emitArchiveEvents(store, hub, Date.now);
});
afterEach(() => {
  archiveEvents.close();
  vi.useRealTimers();
});

test('many changes are told at most twice a second, the first at once and the last one always', () => {
  for (let step = 0; step < 100; step++) {
    change();
    vi.advanceTimersByTime(17);
  }
  vi.advanceTimersByTime(10_000);
  expect(told.map(({ atMs }) => atMs)).toEqual([0, 500, 1000, 1500, 2000]);
  expect(told.at(-1)?.recordings).toBe(100);
});

test('nothing is told from within a change, whose transaction may be open', () => {
  change();
  expect(told).toEqual([]);
});

test('a clock that was set back puts nothing off', () => {
  change();
  vi.advanceTimersByTime(100);
  change();
  vi.setSystemTime(1_000_000 - 3_600_000);
  change();
  vi.advanceTimersByTime(500);
  change();
  vi.advanceTimersByTime(500);
  expect(told.map((event) => event.recordings)).toEqual([1, 3, 4]);
});

test('what waits at the end is told before it, and nothing after', () => {
  change();
  vi.advanceTimersByTime(0);
  change();
  archiveEvents.close();
  expect(told.map((event) => event.recordings)).toEqual([1, 2]);
  change();
  vi.advanceTimersByTime(10_000);
  expect(told).toHaveLength(2);
});
