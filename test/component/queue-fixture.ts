/** An archive of flags in memory for tests of the review: found, listed, decided and undone as the core does it. */
import { AppError } from '../../src-main/contract/errors.ts';
import type { FlagState } from '../../src-main/contract/calls/review.ts';
import type { Flag, Verdict } from '../../src-main/contract/flag.ts';
import type { CameraSummary, RecordingRow } from '../../src-main/contract/recording.ts';
import { detailsOf } from '../../src-renderer/stores/verdict.ts';
import { stateOf } from '../../src-renderer/stores/queue-filter.ts';
import type { CallOverrides } from './support/window-service.ts';

const cameras = ['Gate', 'Hall', 'Yard'] as const;
const classes = ['fight', 'fall', 'theft'] as const;
const secondsOfRecording = 600;

const hex = (kind: string, number: number) => `${kind}${number.toString(16).padStart(62, '0')}`;
export const flagId = (number: number): string => hex('f1', number);
export const recordingId = (number: number): string => hex('ec', number);

/** The flag in this place of the order by score; every tenth is of the same recording. */
export function flagAt(number: number): Flag {
  const start = 10 + (number % 10) * 50;
  return {
    id: flagId(number),
    recording: recordingId(Math.floor(number / 10)),
    path: `/archive/${String(Math.floor(number / 10))}.mp4`,
    camera: cameras[Math.floor(number / 10) % cameras.length] ?? 'Gate',
    start,
    end: start + 8,
    class: classes[number % classes.length] ?? 'fight',
    score: 1 - number / 200_000,
    explanation: 'Clearly a fight.',
    claims: [
      { kind: 'what', args: { class: 'fight', probability: 0.9, sureness: 'clear' }, evidence: [start, start + 4] },
    ],
    trajectory: hex('7a', number),
    policy: 'rules',
    policyVersion: '1',
    verdict: null,
  };
}

export const recordingAt = (number: number): RecordingRow => ({
  id: recordingId(number),
  path: `/archive/${String(number)}.mp4`,
  camera: cameras[number % cameras.length] ?? 'Gate',
  clock: { utcMs: Date.UTC(2026, 2, 1, 8) + number * 600_000, source: 'file-name', text: '2026-03-01' },
  bytes: 1_000_000,
  status: 'ready',
  reason: null,
  video: {
    seconds: secondsOfRecording,
    width: 1280,
    height: 720,
    rotation: 0,
    frameRate: 25,
    codec: 'h264',
    container: 'mp4',
  },
  flags: 10,
  openFlags: 10,
  scanned: true,
});

export const cameraSums = (camera: string, recordings: number, openFlags: number): CameraSummary => ({
  camera,
  recordings,
  seconds: recordings * secondsOfRecording,
  bytes: recordings * 1_000_000,
  scanned: recordings,
  flags: openFlags,
  openFlags,
  firstUtcMs: Date.UTC(2026, 2, 1, 8),
  lastUtcMs: Date.UTC(2026, 2, 2, 8),
});

export interface FlagArchive {
  readonly overrides: CallOverrides;
  /** The flag as the core has it. */
  flag(id: string): Flag;
  /** The next verdict call fails with this. */
  refuse(error: AppError): void;
  /** Verdict calls are answered only after the function that is returned was called. */
  holdVerdicts(): () => void;
  /** Removes a flag, as a later scan does. */
  remove(id: string): void;
}

type FindFlags = NonNullable<NonNullable<CallOverrides['flags']>['find']>;

/** `count` flags; those that `decided` picks have a verdict. */
export function flagArchive(count: number, decided: (number: number) => boolean = () => false): FlagArchive {
  const flags = new Map<string, Flag>();
  const history = new Map<string, Verdict[]>();
  let nowMs = Date.UTC(2026, 10, 21, 8);
  let refusal: AppError | null = null;
  let gate: Promise<void> = Promise.resolve();

  const verdictOf = (given: Partial<Verdict> & Pick<Verdict, 'decision'>): Verdict => ({
    class: null,
    start: null,
    end: null,
    note: '',
    decidedAtMs: nowMs++,
    ...given,
  });
  const withVerdicts = (id: string, verdicts: Verdict[]): Flag => {
    const flag = { ...existing(id), verdict: verdicts.at(-1) ?? null };
    history.set(id, verdicts);
    flags.set(id, flag);
    return flag;
  };
  const existing = (id: string): Flag => {
    const flag = flags.get(id);
    if (flag === undefined) throw new AppError('not-found', `There is no flag ${id}.`);
    return flag;
  };
  for (let number = 0; number < count; number++) {
    flags.set(flagId(number), flagAt(number));
    if (decided(number)) withVerdicts(flagId(number), [verdictOf({ decision: 'reject' })]);
  }

  async function admitted(): Promise<void> {
    await gate;
    const error = refusal;
    refusal = null;
    if (error !== null) throw error;
  }

  const find: FindFlags = async ({ states, cameras: names, classes: wanted, recording, ...filter }) => {
    const { minScore = 0, maxScore = 1, tags, noted, text, similarTo } = filter;
    const saidOf = (flag: Flag) => [flag.explanation, flag.verdict?.note, ...(flag.tags ?? [])].join(' ').toLowerCase();
    const narrowed = [...flags.values()].filter(
      (flag) =>
        (names === undefined || names.includes(flag.camera)) &&
        (wanted === undefined || wanted.includes(detailsOf(flag).class)) &&
        (recording === undefined || recording === flag.recording) &&
        flag.score >= minScore &&
        flag.score <= maxScore &&
        (tags === undefined || tags.some((tag) => flag.tags?.includes(tag))) &&
        (noted === undefined || noted === ((flag.verdict?.note ?? '') !== '')) &&
        (text === undefined ||
          text
            .toLowerCase()
            .split(' ')
            .every((word) => saidOf(flag).includes(word))) &&
        // Those of the same recording look alike.
        (similarTo === undefined || (flag.id !== similarTo && flag.recording === flags.get(similarTo)?.recording)),
    );
    const counts: Record<FlagState, number> = { open: 0, confirm: 0, reject: 0, unsure: 0 };
    for (const flag of narrowed) counts[stateOf(flag)]++;
    const listed = narrowed.filter((flag) => states === undefined || states.includes(stateOf(flag)));
    return { ids: listed.map(({ id }) => id), states: counts };
  };

  return {
    flag: existing,
    refuse: (error) => (refusal = error),
    holdVerdicts() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
    remove: (id) => flags.delete(id),
    overrides: {
      archive: {
        overview: async () => ({ cameras: cameras.map((camera) => cameraSums(camera, 4, count)), unreadable: 0 }),
      },
      flags: {
        find,
        head: async ({ limit, ...filter }, context) => ({ ids: (await find(filter, context)).ids.slice(0, limit) }),
        rows: async ({ ids }) => ({ items: ids.flatMap((id) => flags.get(id) ?? []) }),
        versions: async () => ({ items: [{ version: 'rules/1', policy: 'rules', policyVersion: '1' }] }),
        decideAll: async ({ flags: ids, decision }) => {
          await admitted();
          const decidedAtMs = nowMs++;
          for (const id of ids) withVerdicts(id, [...(history.get(id) ?? []), verdictOf({ decision, decidedAtMs })]);
          return { flags: ids, decidedAtMs };
        },
        undoAll: async ({ flags: ids, decidedAtMs }) => {
          await admitted();
          const stands = ids.filter((id) => existing(id).verdict?.decidedAtMs === decidedAtMs);
          for (const id of stands) withVerdicts(id, (history.get(id) ?? []).slice(0, -1));
          return { flags: stands };
        },
        tagAll: async ({ flags: ids, tag, on }) => {
          await admitted();
          const changed = ids.filter((id) => (existing(id).tags ?? []).includes(tag) !== on);
          for (const id of changed) {
            const others = (existing(id).tags ?? []).filter((each) => each !== tag);
            flags.set(id, { ...existing(id), tags: on ? [...others, tag] : others });
          }
          return { flags: changed };
        },
        tag: async ({ flag: id, tags }) => {
          await admitted();
          const { tags: _tags, ...flag } = existing(id);
          flags.set(id, tags.length === 0 ? flag : { ...flag, tags });
          return { flag: existing(id) };
        },
      },
      recordings: {
        rows: async ({ ids }) => ({ items: ids.map((id) => recordingAt(Number.parseInt(id.slice(2), 16))) }),
        find: async () => ({ ids: [] }),
      },
      verdicts: {
        words: async () => ({
          classes: [{ word: 'forklift', uses: 3 }],
          tags: [{ word: 'night', uses: 2 }],
          reasons: [],
        }),
        decide: async ({ flag: id, decision, class: incidentClass, start, end, note, reason }) => {
          await admitted();
          const verdict = verdictOf({
            decision,
            class: incidentClass ?? null,
            start: start ?? null,
            end: end ?? null,
            note: note ?? '',
            ...(reason !== undefined && { reason }),
          });
          return { flag: withVerdicts(id, [...(history.get(id) ?? []), verdict]) };
        },
        undo: async ({ flag: id }) => {
          await admitted();
          const verdicts = history.get(id) ?? [];
          if (verdicts.length === 0) throw new AppError('not-found', 'There is no verdict to take back.');
          return { flag: withVerdicts(id, verdicts.slice(0, -1)) };
        },
      },
    },
  };
}
