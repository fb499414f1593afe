import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodingStart, lastAtMost, timelineOf, type PacketLog } from './timeline.ts';

const missing = Number.NaN;

function logOf(
  packets: readonly { pts: number; dts?: number; key?: boolean; hidden?: boolean; duration?: number }[],
): PacketLog {
  return {
    pts: packets.map(({ pts }) => pts),
    dts: packets.map(({ dts }) => dts ?? missing),
    duration: packets.map(({ duration }) => duration ?? 0),
    position: packets.map((_, index) => index * 100),
    bytes: packets.map(() => 100),
    keyframe: packets.map(({ key }, index) => key ?? index === 0),
    hidden: packets.map(({ hidden }) => hidden ?? false),
  };
}

describe('timelineOf', () => {
  test('sound timestamps: PTS minus the first PTS, in order of presentation', () => {
    // I P B B as a file stores them.
    const log = logOf([
      { pts: 1000, dts: 980 },
      { pts: 1030, dts: 990 },
      { pts: 1010, dts: 1000 },
      { pts: 1020, dts: 1010, duration: 10 },
    ]);
    const timeline = timelineOf(log, 0.001, null);
    expect([...timeline.times]).toEqual([0, 0.01, 0.02, 0.03]);
    expect([...timeline.packetOf]).toEqual([0, 2, 3, 1]);
    expect([...timeline.rankOf]).toEqual([0, 3, 1, 2]);
    expect(timeline.seconds).toBeCloseTo(0.04, 12);
    expect(timeline.repairs).toBeNull();
  });

  test('a pause of the recorder stays a pause', () => {
    const log = logOf([0, 40, 80, 3_600_080].map((pts) => ({ pts, dts: pts })));
    expect([...timelineOf(log, 0.001, 25).times]).toEqual([0, 0.04, 0.08, 3600.08]);
  });

  test.each([
    ['back', [0, 40, 80, 0, 40]],
    ['far ahead', [0, 40, 80, 9e8, 9e8 + 40]],
  ])('a clock that jumps %s goes on one frame later', (_, stamps) => {
    const timeline = timelineOf(logOf(stamps.map((pts) => ({ pts, dts: pts }))), 0.001, null);
    expect([...timeline.times].map((time) => Math.round(time * 1000))).toEqual([0, 40, 80, 120, 160]);
    expect(timeline.repairs).toBe('1 jump of the clock closed');
  });

  test('without PTS the order of presentation comes from outside and the times from DTS', () => {
    const log = logOf([0, 1, 2, 3].map((dts) => ({ pts: missing, dts })));
    const timeline = timelineOf(log, 0.1, null, [0, 3, 1, 2]);
    expect([...timeline.packetOf]).toEqual([0, 2, 3, 1]);
    expect([...timeline.times].map((time) => Math.round(time * 10))).toEqual([0, 1, 2, 3]);
  });

  test('without any timestamp frames follow each other at the frame rate', () => {
    const timeline = timelineOf(logOf([0, 1, 2].map(() => ({ pts: missing }))), 1e-6, 20);
    expect([...timeline.times].map((time) => Math.round(time * 1000))).toEqual([0, 50, 100]);
  });

  test('frames that the container hides have no place', () => {
    const packets = [0, 40, 80, 120].map((pts, index) => ({ pts, dts: pts, hidden: index < 2 }));
    const timeline = timelineOf(logOf(packets), 0.001, null);
    expect([...timeline.times].map((time) => Math.round(time * 1000))).toEqual([0, 40]);
    expect([...timeline.rankOf]).toEqual([-1, -1, 0, 1]);
  });

  test('equal times are moved apart', () => {
    const timeline = timelineOf(logOf([0, 40, 40, 80].map((pts) => ({ pts, dts: pts }))), 0.001, null);
    expect([...timeline.times].map((time) => Math.round(time * 1000))).toEqual([0, 40, 41, 80]);
    expect(timeline.repairs).toBe('1 equal time moved apart');
  });

  test('property: whatever the timestamps, times ascend from 0 and every shown packet has its place', () => {
    const stamp = fc.oneof(fc.constant(missing), fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 100 }));
    const packet = fc.record({ pts: stamp, dts: stamp, key: fc.boolean(), hidden: fc.boolean() });
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 60 }), (packets) => {
        const timeline = timelineOf(logOf(packets), 0.001, 25);
        const { times, packetOf, rankOf } = timeline;
        expect(times[0]).toBe(0);
        for (let rank = 1; rank < times.length; rank++) expect(times[rank]).toBeGreaterThan(times[rank - 1] ?? 0);
        packetOf.forEach((number, rank) => expect(rankOf[number]).toBe(rank));
        expect(timeline.seconds).toBeGreaterThan(times.at(-1) ?? 0);
      }),
      { seed: 20260101, numRuns: 300 },
    );
  });
});

test('decodingStart passes by a keyframe that is shown after the wanted frame', () => {
  // Open GOP: I0 P1 | I(pts 5) B(3) B(4) P(6)
  const stamps = [0, 1, 5, 3, 4, 6];
  const log = logOf(stamps.map((pts, dts) => ({ pts, dts: dts - 2, key: dts === 0 || dts === 2 })));
  const timeline = timelineOf(log, 1, null);
  expect([0, 1, 2, 3, 4, 5].map((packet) => decodingStart(timeline, packet))).toEqual([0, 0, 2, 0, 0, 2]);
});

test('property: lastAtMost agrees with a search from the end', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: -5, max: 55 }), (unsorted, value) => {
      const values = unsorted.toSorted((a, b) => a - b);
      expect(lastAtMost(values, value)).toBe(
        Math.max(
          0,
          values.findLastIndex((element) => element <= value),
        ),
      );
    }),
    { seed: 20260102 },
  );
});
