/** The web host's hold on the core: keeps one running while the host runs, and opens connections to it. */
import { setTimeout } from 'node:timers/promises';
import { appErrorFrom } from '../../contract/errors.ts';
import type { Channel } from '../../contract/wire.ts';
import { type ConnectOptions, type CoreAddress, openCoreChannel } from '../connect-core.ts';

export interface CoreLink extends Disposable {
  /** A connection of one's own, starting a core where none runs. Throws what kept the core from starting. */
  readonly open: () => Promise<Channel>;
  /** Where the core is that runs now. */
  address(): Promise<CoreAddress>;
}

/** Waits before a core that went away is started again, ms; the last one repeats. */
const waitsMs = [100, 1000, 5000, 15_000] as const;
/** A core that lived so long was well; the next end is the first again. */
const wellAfterMs = 60_000;

/** The first connection is made at once, so that what keeps the core from starting is told to the one who starts the host. */
export async function createCoreLink(
  options: Omit<ConnectOptions, 'signal'>,
  log: (line: string) => void,
): Promise<CoreLink> {
  const abort = new AbortController();
  let kept: Channel;
  let address: CoreAddress | null = null;
  let ends = 0;

  const keep = async () => {
    const reached = await openCoreChannel({ ...options, signal: abort.signal });
    if (abort.signal.aborted) return reached.channel.close();
    const sinceMs = performance.now();
    kept = reached.channel;
    address = reached.address;
    kept.onClose(() => {
      address = null;
      if (performance.now() - sinceMs > wellAfterMs) ends = 0;
      if (!abort.signal.aborted) void keepAgain();
    });
  };
  const keepAgain = async () => {
    log('The core ended; starting it again.');
    while (!abort.signal.aborted) {
      try {
        await setTimeout(waitsMs[Math.min(ends++, waitsMs.length - 1)], undefined, { signal: abort.signal });
        return await keep();
      } catch (error) {
        if (!abort.signal.aborted) log(appErrorFrom(error).message);
      }
    }
  };

  await keep();
  return {
    open: async () => (await openCoreChannel({ ...options, signal: abort.signal })).channel,
    address: async () => {
      if (address !== null) return address;
      const reached = await openCoreChannel({ ...options, signal: abort.signal });
      reached.channel.close();
      return reached.address;
    },
    [Symbol.dispose]() {
      abort.abort();
      kept.close();
    },
  };
}
