/** Shortcuts that hold in every view. */
import { useRouter } from 'vue-router';
import { useShortcuts } from '../../composables/use-shortcuts.ts';
import { t } from '../../i18n/index.ts';
import { useFolderChoice } from '../../stores/folder-choice.ts';

/** The views in the order of the rail; the number is the key. */
export const numberedViews = ['review', 'archive', 'jobs', 'evaluations', 'doctor', 'settings'] as const;

export function useFrameShortcuts(showHelp: () => void): void {
  const router = useRouter();
  const folders = useFolderChoice();
  useShortcuts(() => [
    ...numberedViews.map((name, index) => ({
      keys: String(index + 1),
      label: t(`shell.nav.${name}`),
      group: t('shell.shortcuts.views'),
      run: () => void router.push({ name }),
    })),
    {
      keys: 'Ctrl+O',
      label: t('shell.folders.open'),
      group: t('shell.shortcuts.general'),
      run: () => void folders.open(),
    },
    { keys: '?', label: t('shell.nav.help'), group: t('shell.shortcuts.general'), run: showHelp },
  ]);
}
