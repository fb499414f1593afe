/** The report of chosen flags: what was decided and why, and that what reviewers wrote is text and no markup. */
import { expect, test } from 'vitest';
import type { Verdict } from '../../contract/flag.ts';
import type { ExportedFlag } from '../../review/index.ts';
import { reportHtml } from './report-html.ts';

const decidedAtMs = Date.UTC(2026, 2, 14, 9);

/** A flag that was first rejected for `reason` and has that verdict and `tags`. */
function reported(reason: string | undefined, tags: string[] = []): string {
  const verdict: Verdict = {
    ...{ decision: 'reject', class: null, start: null, end: null, note: '', decidedAtMs },
    ...(reason !== undefined && { reason }),
  };
  const exported: ExportedFlag = {
    flag: {
      ...{ id: 'f'.repeat(64), recording: 'r', path: '/films/gate.mp4', camera: 'Gate', start: 1, end: 2 },
      ...{ class: 'fall', score: 0.5, explanation: 'One fell.', claims: [], trajectory: 't', policy: 'rules' },
      ...{ policyVersion: '1', verdict, ...(tags.length > 0 && { tags }) },
    },
    recording: {
      ...{ id: 'r', path: '/films/gate.mp4', camera: 'Gate', bytes: 5, status: 'ready', reason: null, video: null },
      clock: { utcMs: null, source: 'none', text: '' },
    },
    verdicts: [{ ...verdict, id: 1, flag: 'f'.repeat(64), retracts: null }],
    ...{ zone: { name: 'Europe/Berlin', source: 'camera' }, clockOffsetMs: 0 },
  };
  return reportHtml([{ exported, pictures: [] }], decidedAtMs);
}

test('says why a flag was rejected, now and in its history, and which tags it has', () => {
  const page = reported('usual-here', ['night', 'to show']);
  expect(page).toContain('<dt>Verdict</dt><dd>reject</dd><dt>Reason</dt><dd>Usual here</dd>');
  expect(page).toContain('<dt>Tags</dt><dd>night, to show</dd>');
  expect(page).toContain('reject (Usual here) 2026-03-14T09:00:00.000Z');
});

test('has neither row where neither was given', () => {
  const page = reported(undefined);
  expect(page).not.toContain('<dt>Reason</dt>');
  expect(page).not.toContain('<dt>Tags</dt>');
  expect(page).toContain('reject 2026-03-14T09:00:00.000Z');
});

test('takes nothing of a reason or tag for markup', () => {
  const page = reported('<b>mine</b>', ['<i>x</i>']);
  expect(page).not.toMatch(/<b>|<i>/);
  expect(page).toContain('&lt;b&gt;mine');
});
