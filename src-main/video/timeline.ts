/** Packet timestamps as they were written, turned into one ascending clock that starts at the first shown frame; pure. */

/** What a scan notes of every video packet, in the order of the file (= decoding order). Ticks of the stream; NaN: missing. */
export interface PacketLog {
  readonly pts: number[];
  readonly dts: number[];
  /** Ticks, 0 where unknown. */
  readonly duration: number[];
  /** Byte offset in the file, -1 where unknown. */
  readonly position: number[];
  readonly bytes: number[];
  readonly keyframe: boolean[];
  /** True where the container says not to show the frame (edit lists). */
  readonly hidden: boolean[];
}

/** The clock of a recording. `N` packets in decoding order, `M` shown frames in presentation order. */
export interface Timeline {
  /** [M] seconds since the first shown frame, strictly ascending. */
  readonly times: Float64Array;
  /** [M] the packet of each shown frame. */
  readonly packetOf: Uint32Array;
  /** [N] the place of each packet among the shown frames, -1 for a hidden one. */
  readonly rankOf: Int32Array;
  /** Packets where decoding can start, ascending. Packet 0 is one, whatever its flag says. */
  readonly keyframes: Uint32Array;
  /** End of the last shown frame, seconds. */
  readonly seconds: number;
  /** When the first shown frame is shown by the container's own clock, seconds. */
  readonly start: number;
  /** How many packets the container says not to show. */
  readonly hidden: number;
  /** What had to be repaired, for a person; null where the timestamps were sound. */
  readonly repairs: string | null;
}

/** A jump ahead of more than this is taken for a broken clock, not for a pause of the recorder. */
const longestPauseSeconds = 24 * 3600;

export function emptyLog(): PacketLog {
  return { pts: [], dts: [], duration: [], position: [], bytes: [], keyframe: [], hidden: [] };
}

/**
 * The clock of a recording from its packets.
 *
 * Rules, in this order:
 * 1. Frames are shown in the order of their PTS. Where PTS are missing, the i-th shown frame takes the i-th DTS (or, with
 *    no DTS either, i / frameRate); which packet is shown i-th comes from `displayOrder`, by default file order.
 * 2. Where the clock of the file goes back, or ahead by more than a day, the rest is shifted so that it goes on one
 *    frame after the latest frame before. A pause of less than a day stays a pause.
 * 3. Frames with equal times are moved apart by a tick each, in file order.
 * @param displayOrder [N] place of each packet among all packets in presentation order, where PTS are missing.
 */
export function timelineOf(
  log: PacketLog,
  tickSeconds: number,
  frameRate: number | null,
  displayOrder: ArrayLike<number> | null = null,
): Timeline {
  const count = log.bytes.length;
  const step = frameTicks(log, tickSeconds, frameRate);
  const { ticks, jumps, guessed } = shownTicks(log, step, longestPauseSeconds / tickSeconds, displayOrder);

  const shown: number[] = [];
  for (let packet = 0; packet < count; packet++) if (!log.hidden[packet]) shown.push(packet);
  // A container that hides every frame is wrong about that.
  if (shown.length === 0) for (let packet = 0; packet < count; packet++) shown.push(packet);
  shown.sort((a, b) => at(ticks, a) - at(ticks, b) || a - b);

  const packetOf = Uint32Array.from(shown);
  const rankOf = new Int32Array(count).fill(-1);
  const times = new Float64Array(shown.length);
  const first = shown.length > 0 ? at(ticks, at(shown, 0)) : 0;
  let doubles = 0;
  let last = -Infinity;
  shown.forEach((packet, rank) => {
    let tick = at(ticks, packet) - first;
    if (tick <= last) {
      tick = last + 1;
      doubles++;
    }
    last = tick;
    times[rank] = tick * tickSeconds;
    rankOf[packet] = rank;
  });

  const keyframes = [0];
  for (let packet = 1; packet < count; packet++) if (log.keyframe[packet]) keyframes.push(packet);
  const lastPacket = shown.at(-1);
  const lastDuration = lastPacket === undefined ? 0 : at(log.duration, lastPacket) || step;
  const repairs = [
    guessed ? 'missing presentation times were taken from the order of decoding' : '',
    jumps > 0 ? `${jumps} jump${jumps === 1 ? '' : 's'} of the clock closed` : '',
    doubles > 0 ? `${doubles} equal time${doubles === 1 ? '' : 's'} moved apart` : '',
  ].filter((text) => text !== '');
  return {
    times,
    packetOf,
    rankOf,
    keyframes: Uint32Array.from(keyframes),
    seconds: shown.length === 0 ? 0 : (last + lastDuration) * tickSeconds,
    start: first * tickSeconds,
    hidden: log.hidden.reduce((sum, isHidden) => sum + (isHidden ? 1 : 0), 0),
    repairs: repairs.length === 0 ? null : repairs.join('; '),
  };
}

/** Whether a scan has to find out the order of presentation by other means, because PTS are missing. */
export function lacksPts(log: PacketLog): boolean {
  return log.pts.some(Number.isNaN);
}

/** The packet from which decoding must start for `packet` to come out right: the last keyframe that is shown no later. */
export function decodingStart(timeline: Timeline, packet: number): number {
  const { keyframes, rankOf } = timeline;
  let index = lastAtMost(keyframes, packet);
  // Frames that follow a keyframe in the file but are shown before it (open GOP) also need the GOP before.
  while (index > 0 && at(rankOf, at(keyframes, index)) > at(rankOf, packet)) index--;
  return keyframes[index] ?? 0;
}

/** Index of the last of ascending `values` that is <= `value`; 0 where all are larger. */
export function lastAtMost(values: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(values, middle) <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The usual distance of frames: the median positive DTS step of the first packets, else from the rate, else 1/25 s. */
function frameTicks(log: PacketLog, tickSeconds: number, frameRate: number | null): number {
  const clock = log.dts.slice(0, 1000);
  const steps: number[] = [];
  for (let packet = 1; packet < clock.length; packet++) {
    const step = at(clock, packet) - at(clock, packet - 1);
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 1 / ((frameRate ?? 25) * tickSeconds);
}

interface ShownTicks {
  readonly ticks: Float64Array;
  readonly jumps: number;
  readonly guessed: boolean;
}

function shownTicks(
  log: PacketLog,
  step: number,
  longestPause: number,
  displayOrder: ArrayLike<number> | null,
): ShownTicks {
  const count = log.bytes.length;
  const clock = new Float64Array(count);
  if (lacksPts(log)) {
    let shift = 0;
    let jumps = 0;
    for (let packet = 0; packet < count; packet++) {
      const previous = packet === 0 ? -step : at(clock, packet - 1);
      const stamp = firstNumber(at(log.dts, packet), at(log.pts, packet)) + shift;
      const jumped = packet > 0 && (stamp < previous || stamp > previous + longestPause);
      if (jumped) {
        shift += previous + step - stamp;
        jumps++;
      }
      clock[packet] = jumped || Number.isNaN(stamp) ? previous + step : stamp;
    }
    const ticks = new Float64Array(count);
    for (let packet = 0; packet < count; packet++) {
      ticks[packet] = at(clock, displayOrder === null ? packet : at(displayOrder, packet));
    }
    return { ticks, jumps, guessed: true };
  }

  const ticks = new Float64Array(count);
  let shift = 0;
  let jumps = 0;
  let latestShown = -Infinity;
  let lastClock = Number.NaN;
  for (let packet = 0; packet < count; packet++) {
    const pts = at(log.pts, packet);
    const dts = at(log.dts, packet);
    // DTS may not go back. Where there are none, a keyframe is shown after all that came before it in the file.
    const wentBack =
      dts < lastClock || (Number.isNaN(dts) && log.keyframe[packet] === true && pts + shift < latestShown);
    const wentFar = dts > lastClock + longestPause || pts + shift > latestShown + longestPause;
    if (packet > 0 && (wentBack || wentFar)) {
      shift = latestShown + step - pts;
      jumps++;
    }
    lastClock = Number.isNaN(dts) ? lastClock : dts;
    ticks[packet] = pts + shift;
    latestShown = Math.max(latestShown, pts + shift);
  }
  return { ticks, jumps, guessed: false };
}

function firstNumber(a: number, b: number): number {
  return Number.isNaN(a) ? b : a;
}

/** An element that the caller knows to be there. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}
