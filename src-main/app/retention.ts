/** Advice on what to keep: by what was decided on a recording, and by the folder that it lies in. */
import { dirname } from 'node:path';
import type { Retention, RetentionAdvice, RetentionItem, RetentionReason } from '../contract/retention.ts';
import type { Holding } from '../store/index.ts';

/** More would be no help to a person. */
const mostFolders = 500;

const adviceFor: Readonly<Record<RetentionReason, RetentionAdvice>> = {
  confirmed: 'keep',
  miss: 'keep',
  exported: 'keep',
  'open-flags': 'undecided',
  unsure: 'undecided',
  'not-scanned': 'undecided',
  unreadable: 'undecided',
  'rejected-only': 'may-go',
  'nothing-found': 'may-go',
};

/** The weightiest reason for what is advised. */
function reasonFor(holding: Holding): RetentionReason {
  if (holding.confirmed > 0) return 'confirmed';
  if (holding.misses > 0) return 'miss';
  if (holding.isExported) return 'exported';
  if (holding.open > 0) return 'open-flags';
  if (holding.unsure > 0) return 'unsure';
  if (!holding.isReadable) return 'unreadable';
  if (!holding.isScanned) return 'not-scanned';
  return holding.rejected > 0 ? 'rejected-only' : 'nothing-found';
}

export function retentionItem(holding: Holding): RetentionItem {
  const { recording, path, camera, bytes } = holding;
  const reason = reasonFor(holding);
  return { recording, path, camera, bytes, advice: adviceFor[reason], reason };
}

const none = () => ({
  keep: { recordings: 0, bytes: 0 },
  undecided: { recordings: 0, bytes: 0 },
  'may-go': { recordings: 0, bytes: 0 },
});

/** Sums over all, and by the folder that a recording lies in. */
export function retentionOf(items: readonly RetentionItem[], folderOf = (path: string) => dirname(path)): Retention {
  const all = none();
  const folders = new Map<string, ReturnType<typeof none>>();
  for (const { path, bytes, advice } of items) {
    const folder = folderOf(path);
    const own = folders.get(folder) ?? none();
    folders.set(folder, own);
    for (const sums of [all[advice], own[advice]]) {
      sums.recordings += 1;
      sums.bytes += bytes;
    }
  }
  const total = (sums: ReturnType<typeof none>) => sums.keep.bytes + sums.undecided.bytes + sums['may-go'].bytes;
  const listed = [...folders].map(([path, sums]) => ({ path, ...sums })).toSorted((a, b) => total(b) - total(a));
  return { all, folders: listed.slice(0, mostFolders) };
}
