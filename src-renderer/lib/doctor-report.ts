/** An examination as plain text, for a message to someone who can help. */
import type { DoctorCheck } from '../../src-main/contract/doctor.ts';
import { formatUtc } from './format.ts';

const marks: Readonly<Record<DoctorCheck['state'], string>> = {
  failed: 'FAILED  ',
  degraded: 'DEGRADED',
  ok: 'OK      ',
  absent: '-       ',
};

const indent = ' '.repeat(marks.ok.length);

export function doctorReportText(checks: readonly DoctorCheck[], program: string, atMs: number): string {
  const lines = checks.flatMap(({ name, state, detail, full, wayOut }) => [
    `${marks[state]} ${name}: ${detail}`,
    ...(full === undefined ? [] : [`${indent} ${full}`]),
    ...(wayOut === undefined ? [] : [`${indent} → ${wayOut}`]),
  ]);
  return [`${program}, ${formatUtc(atMs)}`, ...lines, ''].join('\n');
}
