/** Policy versions and comparisons as text. */
import type { ComparedRecording, Comparison } from '../../contract/policy-comparison.ts';
import type { PolicyVersionSummary } from '../../contract/policy-version.ts';
import { englishFor } from '../../contract/wording/en.ts';
import { aligned, positionText, printable } from './output.ts';

const gates = { offered: 'offered', refused: 'refused', 'too-few-verdicts': 'too few verdicts to tell' } as const;

export function versionsText(versions: readonly PolicyVersionSummary[]): string {
  const cells = versions.map(({ active, id, name, origin, createdAtMs, gate, parents }) => [
    active ? '*' : ' ',
    id.slice(0, 12),
    printable(name),
    origin,
    new Date(createdAtMs).toISOString().slice(0, 16).replace('T', ' '),
    gate === null ? '–' : gates[gate.decision],
    parents.map((parent) => parent.slice(0, 12)).join(' ') || '–',
  ]);
  return [
    ...aligned([[' ', 'version', 'name', 'origin', 'made (UTC)', 'gate', 'from'], ...cells]),
    '',
    '* is in force: what `--policy nano` means.',
  ].join('\n');
}

export function comparisonText({ compared, totals, results, framesPerMinute, newFrames }: Comparison): string {
  const names = compared.map(({ name }) => printable(name));
  const rows = totals.map((total, which) => [
    names[which] ?? '',
    String(total.flags),
    `${total.agreed} of ${total.agreed + total.disagreed}`,
    total.utility === null ? '–' : total.utility.toFixed(3),
    String(total.framesObserved),
    String(total.framesMasked),
  ]);
  return [
    `${results.length} recordings, ${framesPerMinute} frames a minute, at most ${newFrames} new frames an episode for each`,
    '',
    ...aligned([['policy', 'flags', 'verdicts met', 'utility', 'frames', 'masked'], ...rows]),
    ...results.flatMap((result) => ['', ...recordingLines(result, names)]),
  ].join('\n');
}

function recordingLines({ path, sides, verdicts }: ComparedRecording, names: readonly string[]): string[] {
  const flags = sides.flatMap((side, which) =>
    side.flags.length === 0
      ? [`  ${names[which] ?? ''}: no flags`]
      : side.flags.map(
          ({ start, end, class: of, score }) =>
            `  ${names[which] ?? ''}: ⚑ ${positionText(start)}–${positionText(end)} · ${englishFor.class(of)} · ${score.toFixed(2)}`,
        ),
  );
  const said = verdicts.map(({ decision, start, end, class: of, agrees }) => {
    const marks = agrees.map((met) => (met === null ? '–' : met ? '✓' : '✗')).join(' ');
    return `  ${decision} ${positionText(start)}–${positionText(end)} · ${englishFor.class(of)} · ${marks}`;
  });
  return [printable(path), ...flags, ...said];
}
