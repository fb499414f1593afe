/** Shortcuts that hold in every view. */
import { useRouter } from 'vue-router';
import { useShortcuts } from '../../composables/use-shortcuts.ts';
import type { ShortcutId } from '../../composables/shortcut-catalogue.ts';
import { useFolderChoice } from '../../stores/folder-choice.ts';

/** The views in the order of the rail. */
export const numberedViews = [
  'review',
  'overview',
  'archive',
  'evidence',
  'jobs',
  'evaluations',
  'training',
  'doctor',
  'settings',
] as const;

/** The key that leads to each. */
export const keyOfView = {
  review: 'toReview',
  overview: 'toOverview',
  archive: 'toArchive',
  evidence: 'toEvidence',
  jobs: 'toJobs',
  evaluations: 'toEvaluations',
  training: 'toTraining',
  doctor: 'toDoctor',
  settings: 'toSettings',
} as const satisfies Record<(typeof numberedViews)[number], ShortcutId>;

export function useFrameShortcuts(showHelp: () => void): void {
  const router = useRouter();
  const folders = useFolderChoice();
  useShortcuts(() => [
    ...numberedViews.map((name) => ({ id: keyOfView[name], run: () => void router.push({ name }) })),
    { id: 'openFolder', run: () => void folders.open() },
    { id: 'help', run: showHelp },
  ]);
}
