/** The calls of the contract that read the audit log. */
import type { AuditRow, ListedAuditRow } from '../../contract/audit.ts';
import type { Service } from '../../contract/service.ts';
import { baseName } from '../../review/index.ts';
import type { Store } from '../../store/index.ts';

type AuditStore = Pick<Store, 'audit' | 'inspectAudit' | 'flags' | 'recordings' | 'misses'>;

export function createAuditCalls(store: AuditStore): Pick<Service, 'audit'> {
  return {
    audit: {
      head: async () => store.inspectAudit(),
      list: async ({ after, limit, kinds, words }) => {
        const before = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after);
        const rows = Number.isSafeInteger(before) ? store.audit.page(before, limit, { kinds, words }) : [];
        const programs = store.audit.programs();
        const last = rows.at(-1)?.number ?? 1;
        return {
          items: rows.map((row) => ({ ...row, ...aboutOf(store, row), program: programAt(programs, row.number) })),
          next: last > 1 ? String(last) : null,
        };
      },
    },
  };
}

/** The version that wrote row `number`; null before the first that tells. */
const programAt = (programs: ReturnType<Store['audit']['programs']>, number: number): string | null =>
  programs.findLast((each) => each.number <= number)?.version ?? null;

/** The flag and the recording of a row, as far as they are still there. */
function aboutOf(store: AuditStore, { subject, details }: AuditRow): Pick<ListedAuditRow, 'flag' | 'recording'> {
  const flag = store.flags.get(subject);
  const named = typeof details['recording'] === 'string' ? details['recording'] : subject;
  const recording = store.recordings.get(flag?.recording ?? named);
  return {
    flag: flag?.id ?? null,
    recording: recording === undefined ? null : { id: recording.id, name: baseName(recording.path) },
  };
}
