/** Hands each event to everyone who asked for it, in order. */
import type { EventName, EventValue } from './calls.ts';
import type { EventSink, EventSource } from './service.ts';

type Listener = (value: never) => void;

/**
 * An event source and its sink. Listeners must not throw; one that is added or removed during an emission takes effect
 * from the next.
 */
export function createEventHub(): EventSource & EventSink {
  const listeners = new Map<EventName, ReadonlySet<Listener>>();
  return {
    on(event, listener) {
      // A listener given twice is two subscriptions: each `on` has its own function to remove.
      const own = (value: EventValue<typeof event>) => listener(value);
      listeners.set(event, new Set([...(listeners.get(event) ?? []), own]));
      return () => {
        listeners.set(event, new Set([...(listeners.get(event) ?? [])].filter((one) => one !== own)));
      };
    },
    emit(event, value) {
      for (const listener of listeners.get(event) ?? []) listener(value as never);
    },
  };
}
