/** The keys that undo and redo what a reviewer changed, in every view: also where no flag is left to show. */
import { useHistory } from '../stores/history.ts';
import { useReview } from '../stores/review.ts';
import { useShortcuts } from './use-shortcuts.ts';

export function useUndoShortcuts(): void {
  const review = useReview();
  const history = useHistory();
  useShortcuts(() => [
    { id: 'undo', run: () => void review.undo(), when: () => history.canUndo },
    { id: 'redo', run: () => void review.redo(), when: () => history.canRedo },
  ]);
}
