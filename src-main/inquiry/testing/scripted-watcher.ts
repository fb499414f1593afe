/** A recording that exists only as a script, behind the same port as a real one. For tests. */
import type { Interval } from '../../math/interval.ts';
import type { FrameObservation } from '../../perception/frame-observation.ts';
import { motionColumns, motionRows } from '../../perception/motion.ts';
import { perceptionWatcher } from '../perception-watcher.ts';
import type { Watcher } from '../watcher.ts';

export interface Script {
  readonly seconds: number;
  /** Spans in which a large part of the picture moves fast and jerkily. */
  readonly incidents: readonly Interval[];
  /** Activity per second, by default 0.8 within incidents and 0 elsewhere. */
  readonly activityAt?: (second: number) => number;
  /** Frames per second of the recording; by default every asked time has a frame of its own. */
  readonly frameRate?: number;
  /** Share of the picture that moves in an incident, [0, 1]; by default 0.6. */
  readonly violence?: number;
  /** Motion of frames outside incidents, [0, 1]. */
  readonly calm?: number;
}

export interface ScriptedWatcher extends Watcher<FrameObservation> {
  /** All times that were asked for, in order. */
  readonly asked: number[];
}

/** The motion of a frame in which the share `energy` of the picture moves. */
function frameWithMotion(time: number, energy: number, violent: boolean): FrameObservation {
  return {
    time,
    aspect: 16 / 9,
    motion: {
      lag: 0.2,
      energy,
      grid: new Float32Array(motionColumns * motionRows).fill(energy),
      velocity: new Float32Array(2 * motionColumns * motionRows),
      speed: new Float32Array(motionColumns * motionRows),
      global: { light: 0, shiftX: 0, shiftY: 0, cut: false },
      flow: violent
        ? { speed: 1.5, peak: 3, x: 0, y: 0, coherence: 0.1 }
        : { speed: 0.1, peak: 0.2, x: 0.1, y: 0, coherence: 0.9 },
      erratic: violent ? 0.95 : 0.2,
    },
    objects: null,
    persons: null,
  };
}

/** A watcher of the script. `shift` seconds of calm footage lie before it and `after` behind it. */
export function watcherOf(script: Script, { shift = 0, after = 0 } = {}): ScriptedWatcher {
  const isIncident = (time: number) =>
    script.incidents.some(({ start, end }) => time - shift >= start && time - shift < end);
  const seconds = shift + script.seconds + after;
  const activityAt = script.activityAt ?? ((second) => (isIncident(second + shift) ? 0.8 : 0));
  const asked: number[] = [];
  const watcher = perceptionWatcher({
    seconds,
    here: null,
    activity: {
      secondsPerBin: 1,
      activity: Float32Array.from({ length: Math.ceil(seconds) }, (_, second) =>
        second < shift || second >= shift + script.seconds ? 0 : activityAt(second - shift),
      ),
    },
    observe(times) {
      asked.push(...times);
      const rate = script.frameRate;
      const stamps = times.map((time) =>
        rate === undefined ? time : shift + Math.floor((time - shift) * rate) / rate,
      );
      const frames = [...new Set(stamps)].map((time) =>
        frameWithMotion(time, isIncident(time) ? (script.violence ?? 0.6) : (script.calm ?? 0.01), isIncident(time)),
      );
      return Promise.resolve(frames);
    },
  });
  return { ...watcher, asked };
}
