/** Copying text, and saying for a moment that it was done. */
import { refAutoReset } from '@vueuse/core';
import { t } from '../i18n/index.ts';
import { useNotices } from '../stores/notices.ts';

const saidForMs = 2000;

export function useCopy() {
  const notices = useNotices();
  const copied = refAutoReset(false, saidForMs);

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = true;
    } catch {
      // The browser refuses for reasons of its own; the text is still on the screen to be marked.
      notices.show({ tone: 'warn', text: t('shell.copyFailed') });
    }
  }

  return { copied, copy };
}
