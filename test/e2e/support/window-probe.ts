/** What a bench sees of the program's window: frames and what hinders them, measured inside the page and from its traces. */
import type { Browser, Page } from 'playwright-core';

/** What happened on the page's main thread during one activity. */
export interface Activity {
  /** ms between one animation frame and the next. */
  readonly frames: readonly number[];
  /** Tasks of the main thread: how long each took, and how much processor time of it. ms. */
  readonly tasks: readonly { readonly wall: number; readonly processor: number }[];
}

/** Times of one press of a key, in ms from the key to the frame that showed it. */
export interface Response {
  /** List and header show the next flag. */
  readonly named: number;
  /** Its picture is there, or the words that it is not to be had. */
  readonly pictured: number;
}

export interface FirstPaint {
  /** Anything at all. */
  readonly content: number;
  /** The first row of the list with its words. */
  readonly row: number;
}

declare global {
  interface Window {
    probe: {
      readonly firstPaint: Promise<FirstPaint>;
      frames(run: (frame: number) => boolean): Promise<number[]>;
      response(): Promise<Response>;
    };
  }
}

/** Runs in the page before anything of it. */
export function installProbe(): void {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  /** When what was found in the document in this frame has been painted. */
  const painted = async () => (await frame(), performance.now());
  const has = (selector: string) => document.querySelector(selector) !== null;

  const firstPaint = (async () => {
    while (!has('[role=option] .class')) await frame();
    const row = await painted();
    const content = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
    return { content, row };
  })();

  /** Calls `run` in every frame until it says that it is done. */
  async function frames(run: (frame: number) => boolean): Promise<number[]> {
    const intervals: number[] = [];
    let last = await frame();
    for (let count = 0; run(count); count++) {
      const now = await frame();
      intervals.push(now - last);
      last = now;
    }
    return intervals;
  }

  const named = () =>
    `${document.querySelector('[role=option][aria-selected=true]')?.id ?? ''} ${document.querySelector('.review-header')?.textContent ?? ''}`;
  const picture = () => {
    const failure = document.querySelector('.picture .failure');
    if (failure !== null) return failure;
    const still = document.querySelector<HTMLImageElement>('.picture img.layer');
    if (still !== null && still.complete && still.naturalWidth > 0) return still.src;
    const video = document.querySelector<HTMLVideoElement>('.picture video');
    return video !== null && video.style.display !== 'none' && video.readyState >= 2 ? video.currentSrc : null;
  };

  /** From the next key on. */
  function response(): Promise<Response> {
    const [name, shown] = [named(), picture()];
    return new Promise((resolve) => {
      addEventListener(
        'keydown',
        async ({ timeStamp }) => {
          while (named() === name) await frame();
          const first = await painted();
          for (let now = picture(); now === null || now === shown; now = picture()) await frame();
          resolve({ named: first - timeStamp, pictured: (await painted()) - timeStamp });
        },
        { once: true, capture: true },
      );
    });
  }

  window.probe = { firstPaint, frames, response };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The tasks of the page's main thread while `work` runs; processor time is little disturbed by whatever else runs. */
export async function tasksDuring(browser: Browser, page: Page, work: () => Promise<void>): Promise<Activity['tasks']> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
  );
  const tasks = new Map<string, { wall: number; processor: number }[]>();
  for (const { name, ph, pid, tid, dur = 0, tdur = 0 } of traceEvents) {
    const thread = `${String(pid)} ${String(tid)}`;
    if (ph !== 'X' || name !== 'RunTask' || !threads.has(thread)) continue;
    const own = tasks.get(thread) ?? [];
    tasks.set(thread, own);
    own.push({ wall: dur / 1000, processor: tdur / 1000 });
  }
  // Spare renderers wait for pages to come and do next to nothing.
  const used = (own: Activity['tasks']) => own.reduce((sum, { processor }) => sum + processor, 0);
  return [...tasks.values()].toSorted((a, b) => used(b) - used(a))[0] ?? [];
}
