import { describe, expect, it } from 'vitest';
import { attributeNames } from '../../perception/attributes.ts';
import type { Action, Observation } from '../trajectory.ts';
import { englishFor } from './en.ts';

const focus = { start: 60, end: 68 };

describe('a step in words', () => {
  it.each<[Action | null, string]>([
    [null, 'A first quick look over all of it.'],
    [{ operator: 'THINK', attributes: ['motion-peak', 'fall'], text: '' }, 'Weighed motion peak and fall.'],
    [{ operator: 'THINK', attributes: [], text: 'A door opens.' }, 'A door opens.'],
    [{ operator: 'THINK', attributes: [], text: ' ' }, 'Stopped to think.'],
    [{ operator: 'BACKTRACK', distance: 1.5 }, 'Looked back 12 s, to 0:48.0.'],
    [{ operator: 'EXPAND', factor: 4 }, 'Widened the view 4 times around 1:04.0.'],
    [{ operator: 'SAMPLE', start: -2.5, end: 1.5, rate: 2 }, 'Looked closer from 0:57.5 to 1:01.5, 2 frames a second.'],
    [
      { operator: 'SAMPLE', start: 0, end: 64, rate: 1 / 8 },
      'Looked closer from 1:00.0 to 2:04.0, a frame every 8 seconds.',
    ],
    [{ operator: 'FINAL', hypotheses: [] }, 'Decided: nothing to flag.'],
    [
      {
        operator: 'FINAL',
        hypotheses: ['fight', 'fall'].map((id) => ({
          first: { look: 0, frame: 0 },
          last: { look: 0, frame: 1 },
          class: id,
        })),
      },
      'Decided: a fight and a fall.',
    ],
  ])('%j', (action, words) => {
    expect(englishFor.action(action, focus)).toBe(words);
  });

  it('never names a time before the recording', () => {
    expect(englishFor.action({ operator: 'BACKTRACK', distance: 8 }, { start: 4, end: 12 })).toBe(
      'Looked back 64 s, to 0:00.0.',
    );
  });
});

describe('what a look saw in words', () => {
  const seen: Observation = {
    kind: 'perception',
    saw: ['motion', 'persons'],
    attributes: [
      { name: 'motion', value: 0.12, percentile: null, times: [60], place: null },
      { name: 'persons', value: 2, percentile: 0.97, times: [61], place: null },
    ],
    surprise: [],
    novelty: [],
  };

  it('tells the measurements asked for, in the order asked for', () => {
    expect(englishFor.observation(seen)).toEqual([
      '12 % of the picture was moving on average',
      '2 persons were in view (more than 97 % of what is usual here)',
    ]);
    expect(englishFor.observation(seen, ['fall', 'persons'])).toEqual([
      '2 persons were in view (more than 97 % of what is usual here)',
    ]);
    expect(englishFor.measuredWith(['motion', 'persons'])).toBe('Measured: movement and poses.');
    expect(englishFor.measuredWith([])).toBe('Nothing was measured.');
  });

  it('repeats a caption as it is and names symbols', () => {
    const segments = [
      { caption: 'Two men shout.', score: 0.4, frames: [0, 1] },
      { caption: 'A gate.', score: null, frames: [2] },
      { caption: null, score: 0.1, frames: [3] },
    ];
    expect(englishFor.observation({ kind: 'caption', segments })).toEqual([
      '“Two men shout.” (40 % unusual)',
      '“A gate.” (the model gave no answer)',
      '10 % unusual',
    ]);
    expect(englishFor.observation({ kind: 'symbols', vocabulary: 'grid', symbols: [4, 7] })).toEqual([
      '2 symbols of grid: 4 7',
    ]);
  });

  it('has words of its own for every attribute that perception measures', () => {
    for (const name of attributeNames) {
      expect(englishFor.measurement(name, 1)).not.toBe(`${name.replaceAll('-', ' ')} 1.0`);
    }
    expect(englishFor.measurement('smoke-height', 1.25, 'picture-heights')).toBe('smoke height 1.3 (picture-heights)');
  });
});

describe('how a path ended in words', () => {
  it('says plainly what forced the decision', () => {
    expect(englishFor.outcome(null, 1)).toBe('The policy ended by itself, with 1 interval.');
    expect(englishFor.outcome('steps', 0)).toContain('The steps ran out');
    expect(englishFor.outcome('seconds', 2)).toContain('2 intervals');
  });
});
