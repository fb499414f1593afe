/** An examination as plain text, for a message to someone who can help. */
import type { DoctorCheck } from '../../src-main/contract/doctor.ts';
import { formatUtc } from './format.ts';

const marks: Readonly<Record<DoctorCheck['state'], string>> = {
  failed: 'FAILED  ',
  degraded: 'DEGRADED',
  ok: 'OK      ',
};

export function doctorReportText(checks: readonly DoctorCheck[], program: string, atMs: number): string {
  const lines = checks.flatMap(({ name, state, detail, wayOut }) => [
    `${marks[state]} ${name}: ${detail}`,
    ...(wayOut === undefined ? [] : [`${' '.repeat(marks[state].length)} → ${wayOut}`]),
  ]);
  return [`${program}, ${formatUtc(atMs)}`, ...lines, ''].join('\n');
}
