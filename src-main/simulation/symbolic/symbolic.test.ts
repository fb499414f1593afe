import { describe, expect, it } from 'vitest';
import { budgetFor, episodesFromActivity, policyNamed, runEpisode } from '../../inquiry/index.ts';
import { boxIoU } from '../../perception/box.ts';
import { encodeFrames } from '../../perception/index.ts';
import { filmScene } from '../frames.ts';
import { sampleScenes } from '../scenes/sample.ts';
import { changeMeterOf } from '../suites/aliasing-energy.ts';
import { suiteNamed } from '../suites/index.ts';
import { symbolicMeterOf } from './change-meter.ts';
import { figuresAt, stageOf } from './figures.ts';
import { symbolicFrames } from './observe.ts';
import { symbolicRecording } from './recordings.ts';
import { symbolicWatcher } from './watcher.ts';

const scenes = sampleScenes('symbolic');
const fight = scenes.find(({ incidents }) => incidents.some((incident) => incident.class === 'fight'));
if (fight === undefined) throw new Error('the sample has no fight');

describe('figures', () => {
  it('have the boxes that drawing the scene gives, and are hidden about as much', () => {
    // Small, for drawing the fixed picture takes most of the time.
    const scene = { ...fight, seconds: 14, frameRate: 0.5, width: 256, height: 144 };
    const stage = stageOf(scene);
    const overlaps: number[] = [];
    const hidden: number[] = [];
    for (const { truth } of filmScene(scene, { shareArray: true }).frames) {
      const figures = figuresAt(stage, truth.time);
      for (const { track, box, visible } of truth.boxes) {
        const figure = figures.find(({ id }) => id === track);
        const [x, y, width, height] = box;
        if (figure?.kind !== 'person') continue;
        overlaps.push(boxIoU(figure.box, { x, y, width, height }));
        hidden.push(Math.abs(figure.shown - visible));
      }
    }
    expect(overlaps.length).toBeGreaterThan(15);
    expect(overlaps.reduce((sum, value) => sum + value, 0) / overlaps.length).toBeGreaterThan(0.85);
    expect(hidden.reduce((sum, value) => sum + value, 0) / hidden.length).toBeLessThan(0.1);
  }, 60_000);
});

describe('symbolic frames', () => {
  it('are the same whatever was looked at before', () => {
    const times = [0.1, 7.3, 12, 12.04, 20.7, 29.9];
    const forwards = symbolicFrames(fight);
    const backwards = symbolicFrames(fight);
    const first = times.map((time) => forwards.at(time));
    const second = times.toReversed().map((time) => backwards.at(time));
    expect(encodeFrames(first)).toEqual(encodeFrames(second.toReversed()));
    expect(encodeFrames([forwards.at(12)])).toEqual(encodeFrames([first[2] ?? forwards.at(0)]));
    expect(forwards.motionAt(12)).toEqual(first[2]?.motion);
  });

  it('are others for another seed, with the same people in them', () => {
    const [one, other] = [fight, { ...fight, seed: 'other' }].map((scene) => symbolicFrames(scene).at(9));
    expect(encodeFrames([one ?? symbolicFrames(fight).at(9)])).not.toEqual(
      encodeFrames(other === undefined ? [] : [other]),
    );
    expect(Math.abs((one?.persons?.length ?? 0) - (other?.persons?.length ?? 0))).toBeLessThanOrEqual(2);
  });

  it('move where people fight more than where the same people talk', () => {
    const incident = fight.incidents[0];
    const frames = symbolicFrames(fight);
    const energy = (from: number, until: number) => {
      const times = Array.from({ length: 12 }, (_, index) => from + ((until - from) * index) / 12);
      return times.reduce((sum, time) => sum + frames.at(time).motion.energy, 0);
    };
    expect(energy(incident?.start ?? 0, incident?.end ?? 0)).toBeGreaterThan(
      1.5 * energy(0, (incident?.start ?? 0) - 2),
    );
  });

  it('hold nothing of a scene without anyone but what is fixed', () => {
    const empty = { ...fight, persons: [], vehicles: [], bags: [], incidents: [] };
    const frames = symbolicFrames(empty);
    const shown = Array.from({ length: 40 }, (_, index) => frames.at(index * 0.7));
    const energy = shown.reduce((sum, { motion }) => sum + motion.energy, 0) / shown.length;
    expect(energy).toBeLessThan(0.003);
    const persons = shown.reduce(
      (sum, { objects }) => sum + (objects ?? []).filter((each) => each.class === 0).length,
      0,
    );
    expect(persons / shown.length).toBeLessThan(0.5);
  });
});

describe('symbolicWatcher', () => {
  it('shows an episode what a video would: the same policies run on it, and rate the fight higher than what was before', async () => {
    const watcher = symbolicWatcher(fight);
    const [episode] = episodesFromActivity(watcher.activity, watcher.seconds);
    if (episode === undefined) throw new Error('no episode');
    const { start = 0, end = 0 } = fight.incidents[0] ?? {};
    for (const name of ['uniform', 'rules', 'dense', 'tree']) {
      const request = { watcher, episode, budget: budgetFor(name, episode, 60), seed: 1, policy: policyNamed(name) };
      const { scores, framesObserved } = await runEpisode(request);
      expect(framesObserved).toBeGreaterThan(7);
      const highest = (from: number, until: number) => Math.max(...scores.slice(Math.floor(from), Math.ceil(until)));
      expect(highest(start, end), name).toBeGreaterThan(highest(0, start - 2));
      expect((await runEpisode(request)).scores).toEqual(scores);
    }
  });

  it('gives each frame on screen once, in order of time', async () => {
    const frames = await symbolicWatcher(fight).observe([3.01, 3.02, 1, 500], 0);
    expect(frames.map(({ time }) => time)).toEqual([1, 3, (fight.seconds * fight.frameRate - 1) / fight.frameRate]);
  });
});

describe('symbolicRecording', () => {
  const recordings = Array.from({ length: 60 }, (_, seed) => symbolicRecording(`test-${seed}`));

  it('makes incidents, twins and normal life, with incidents inside the recording', () => {
    expect(new Set(recordings.map(({ camera }) => camera)).size).toBe(5);
    const staged = recordings.filter(({ whole }) => !whole);
    const classes = (kind: string) => (kind === 'normal' || kind.endsWith('-twin') ? [] : [kind]);
    for (const { kind, incidents } of staged) {
      expect(incidents.map((incident) => incident.class)).toEqual(classes(kind));
    }
    for (const { incidents, scene } of recordings) {
      for (const { start, end } of incidents) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(scene.seconds);
        expect(end - start).toBeGreaterThan(0.5);
      }
    }
    const withIncident = recordings.filter(({ incidents }) => incidents.length > 0).length;
    expect(withIncident).toBeGreaterThan(20);
    expect(withIncident).toBeLessThan(42);
    const cued = recordings.filter(({ whole }) => whole);
    expect(new Set(cued.map(({ incidents }) => incidents.length > 0)).size).toBe(2);
  });

  it('draws twins with a cue of every kind', () => {
    const shares = { incident: 0, twin: 0, normal: 0, cued: 1 };
    const kinds = Array.from({ length: 24 }, (_, seed) => symbolicRecording(`cued-${seed}`, { shares }).kind);
    expect(new Set(kinds.map((kind) => kind.split('-')[0]))).toEqual(new Set(['cued', 'aftermath', 'around']));
    const without = { shares, without: ['fall' as const] };
    expect(symbolicRecording('cued-1', without).kind).toMatch(/^(cued|aftermath)-(fight|running)$/u);
  });

  it('leaves out what it is told to, and is the same for the same seed', () => {
    const without = Array.from({ length: 40 }, (_, seed) =>
      symbolicRecording(`test-${seed}`, { without: ['fight', 'theft'] }),
    );
    expect(without.some(({ kind }) => /fight|theft/.test(kind))).toBe(false);
    expect(symbolicRecording('test-3').scene).toEqual(recordings[3]?.scene);
    expect(() => symbolicRecording(1, { seconds: 20 })).toThrow(RangeError);
  });
});

describe('symbolicMeterOf', () => {
  it('makes twins that move about as much as each other when they are drawn', () => {
    const { recordings } = suiteNamed('aliasing', { seed: 5, rate: 0.25, scenes: 6, meterOf: symbolicMeterOf });
    const ratios: number[] = [];
    for (let index = 0; index < recordings.length; index += 2) {
      const pair = recordings.slice(index, index + 2).map((recording) => recording.scene());
      const [told, innocent] = pair.toSorted((a, b) => b.incidents.length - a.incidents.length);
      const [incident] = told?.incidents ?? [];
      if (told === undefined || innocent === undefined || incident === undefined) throw new Error('no twins');
      const drawn = changeMeterOf(told);
      const [start, end] = [incident.start, incident.end + 1];
      ratios.push(drawn(told.persons, start, end) / drawn(innocent.persons, start, end));
    }
    expect(ratios).toHaveLength(3);
    const logs = ratios.map(Math.log);
    expect(Math.max(...logs.map(Math.abs))).toBeLessThan(Math.log(2));
    expect(Math.abs(logs.reduce((sum, each) => sum + each, 0) / logs.length)).toBeLessThan(Math.log(1.25));
  });
});
