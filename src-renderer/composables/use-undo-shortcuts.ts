/** The keys that undo and redo verdicts. They belong to a view: what was decided can be taken back also where no flag is left to show. */
import { t } from '../i18n/index.ts';
import { useReview } from '../stores/review.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function useUndoShortcuts(): void {
  const review = useReview();
  const group = t('queue.shortcuts.group');
  useShortcuts(() => [
    {
      keys: 'Ctrl+Z',
      label: t('queue.shortcuts.undo'),
      group,
      run: () => void review.undo(),
      when: () => review.canUndo,
    },
    {
      keys: 'Ctrl+Shift+Z',
      label: t('queue.shortcuts.redo'),
      group,
      run: () => void review.redo(),
      when: () => review.canRedo,
    },
  ]);
}
