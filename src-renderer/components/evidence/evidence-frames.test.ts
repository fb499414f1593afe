import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src-main/contract/claim.ts';
import {
  evidenceFrames,
  evidenceTimes,
  isAt,
  nextTime,
  passedIndex,
  pictureMilliseconds,
  previousTime,
} from './evidence-frames.ts';

const claims: Claim[] = [
  { kind: 'what', args: { class: 'fight', probability: 0.9, sureness: 'clear' }, evidence: [4.5, 6] },
  { kind: 'who', args: { subject: 'person', count: 2 }, evidence: [4.5] },
];

describe('evidenceFrames', () => {
  it('has each frame once with the claims that it supports, between two for context', () => {
    const frames = evidenceFrames({ start: 4, end: 7, claims }, 60);
    expect(frames.map(({ time, role }) => [time, role])).toEqual([
      [3, 'before'],
      [4.5, 'evidence'],
      [6, 'evidence'],
      [8, 'after'],
    ]);
    expect(frames[1]?.claims.map(({ kind }) => kind)).toEqual(['who', 'what']);
    expect(frames[2]?.claims.map(({ kind }) => kind)).toEqual(['what']);
  });

  it('shows no frame outside of the recording', () => {
    expect(evidenceFrames({ start: 4, end: 7, claims }, 7.5).map(({ role }) => role)).not.toContain('after');
    const early: Claim = { kind: 'who', args: { subject: 'person', count: 1 }, evidence: [0] };
    expect(evidenceFrames({ start: 0, end: 2, claims: [early] }, null).map(({ time }) => time)).toEqual([0, 3]);
  });

  it('is empty without claims', () => {
    expect(evidenceFrames({ start: 4, end: 7, claims: [] }, 60)).toEqual([]);
    expect(evidenceTimes([])).toEqual([]);
  });
});

describe('walking along the frames', () => {
  const times = [2, 4, 6];

  it('goes to the next and to the one before, and not in place where the player stands a little off', () => {
    expect(nextTime(times, 0)).toBe(2);
    expect(nextTime(times, 3.98)).toBe(6);
    expect(nextTime(times, 6)).toBeNull();
    expect(previousTime(times, 7)).toBe(6);
    expect(previousTime(times, 4.02)).toBe(2);
    expect(previousTime(times, 2)).toBeNull();
  });

  it('knows which one the player passed last', () => {
    expect(passedIndex(times, 1)).toBe(-1);
    expect(passedIndex(times, 1.98)).toBe(0);
    expect(passedIndex(times, 5.9)).toBe(1);
    expect(isAt(4, 4.03)).toBe(true);
    expect(isAt(4, 4.2)).toBe(false);
  });
});

describe('pictureMilliseconds', () => {
  it('never falls before the frame’s own time stamp', () => {
    for (const rate of [12.5, 15, 24, 25, 29.97, 30, 59.94]) {
      for (let frame = 0; frame < 200; frame++) {
        const asked = pictureMilliseconds(frame / rate);
        expect(asked / 1000).toBeGreaterThanOrEqual(frame / rate - 1e-9);
        expect(asked / 1000).toBeLessThan((frame + 1) / rate);
      }
    }
    expect(pictureMilliseconds(1.2)).toBe(1200);
  });
});
