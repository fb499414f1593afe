import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { picturedRecordings, reportHtml } from './report-html.ts';
import { evaluationOf, rowOf, someSteps } from './testing/evaluation.ts';

const both = [rowOf('rules', { operators: someSteps, operatorEntropy: 0.9 }), rowOf('uniform')];
const plain = evaluationOf(both, {
  differences: [{ first: 'rules', second: 'uniform', difference: 0.1, bounds: [0.02, 0.2] }],
});
const page = (evaluation = plain, thumbnails = new Map<string, string>()) => reportHtml(evaluation, thumbnails);

describe('the page', () => {
  test('holds everything itself: no script, no request', () => {
    const text = page();
    expect(text).not.toMatch(/<script|\bsrc="(?!data:)|href="(?!#|data:)|@import|url\(/);
    expect(text).toContain('default-src &#39;none&#39;');
  });

  test('says what was run, on what, when, and how to do it again', () => {
    const text = page(
      evaluationOf(both, { command: 'anom-pi eval "a & b"', notes: ['Five folds.'], smoothing: 'σ 10 s' }),
    );
    for (const part of [
      'anom-pi eval &quot;a &amp; b&quot;',
      'two cores',
      '2 January 2026 at 03:04 UTC',
      'Five folds.',
      'σ 10 s',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('draws every recording once, with the truth, the curves and the flags', () => {
    const text = page();
    expect(text.match(/class="panel"/g)).toHaveLength(2);
    expect(text.match(/class="truth"/g)).toHaveLength(1);
    expect(text.match(/class="bar /g)).toHaveLength(2);
    expect(text).toContain('Anomalous from 0:20 to 0:40');
  });

  test('names what is missing, folded where it is long', () => {
    const missing = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `${index}.mp4`, reason: 'it is not there.' }));
    expect(page(evaluationOf(both, { missing: missing(2) }))).toContain('2 recordings left out');
    expect(page(evaluationOf(both, { missing: missing(30) }))).toContain('All of them by name');
  });

  test('shows the pictures that it asks for, and no address from elsewhere', () => {
    expect(picturedRecordings(plain)).toEqual(['normal.mp4', 'fight.mp4']);
    const good = 'data:image/jpeg;base64,AAAA';
    expect(page(plain, new Map([['normal.mp4', good]]))).toContain(`<img src="${good}"`);
    for (const url of [
      'https://a/b.jpg',
      'data:text/html;base64,AAAA',
      'data:image/png;base64,"onerror=',
      'javascript:0',
    ]) {
      expect(page(plain, new Map([['normal.mp4', url]]))).not.toContain('<img');
    }
  });

  test('stands where there are only classes, and where there is nothing', () => {
    const noFrames = [rowOf('rules', { aucMicro: null, aucMacro: null, aucAbnormalOnly: null })];
    const classes = evaluationOf(noFrames);
    const clips = {
      ...classes,
      recordings: classes.recordings.map((recording) => ({ ...recording, anomalies: null })),
    };
    expect(page(clips)).toContain('the data set labels no frames');
    expect(page(clips)).toContain('recording-level AUC');
    expect(page(clips)).not.toContain('Shaded:');
    const bySource = noFrames.map((row) => ({ ...row, interval: { ...row.interval, over: 'sources' as const } }));
    expect(page({ ...clips, rows: bySource })).toContain('bootstrap over sources');
    expect(page()).toContain('Shaded:');
    expect(page()).toContain('bootstrap over recordings');
  });

  test('says what smoothing did, where there was any', () => {
    expect(page()).not.toContain('<th scope="col">Without<span class="small">smoothing');
    const controls = { shuffled: 0.5, withoutLongest: 0.79, unsmoothed: 0.777 };
    const smooth = page(evaluationOf([rowOf('dense', { controls })]));
    expect(smooth).toContain('<th scope="col">Without<span class="small">smoothing');
    expect(smooth).toContain('.777');
    expect(page(evaluationOf([], { recordings: [], curves: [] }))).toContain('No policy was run.');
  });
});

describe('names from outside', () => {
  const evil = `"><img src=x onerror=alert(1)></title></style><script>alert('1')</script>&amp;\u202Egpj`;

  test('are text wherever they stand', () => {
    const rows = [rowOf(evil, { operators: someSteps }), rowOf('uniform')];
    const base = evaluationOf(rows, {
      dataset: evil,
      command: evil,
      machine: evil,
      smoothing: evil,
      notes: [evil],
      format: evil,
    });
    const text = page({
      ...base,
      missing: [{ name: evil, reason: evil }],
      differences: [{ first: evil, second: 'uniform', difference: 0, bounds: [-1, 1] }],
      rows: base.rows.map((row) => ({ ...row, perClass: [{ class: evil, recordings: 1, aucMicro: 0.5, auc: 0.5 }] })),
      recordings: base.recordings.map((recording) => ({ ...recording, name: evil, class: evil })),
    });
    expect(text).not.toContain('<img');
    expect(text).not.toContain('<script');
    expect(text).not.toContain('\u202E');
    expect(text.match(/<\/style>/g)).toHaveLength(1);
  });

  test('of any kind leave the page as it is', () => {
    const tags = (text: string) => text.match(/<[a-z/!][^>]*>/gi)?.length;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const renamed = evaluationOf([rowOf('rules', { operators: someSteps })], { dataset: name, notes: [name] });
        const usual = evaluationOf([rowOf('rules', { operators: someSteps })], { notes: ['a'] });
        expect(tags(page(renamed))).toBe(tags(page(usual)));
      }),
      { numRuns: 50 },
    );
  });
});
