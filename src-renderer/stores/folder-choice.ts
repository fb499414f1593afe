/** Choosing folders to look through, from wherever in the window it was asked for. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { useNotices } from './notices.ts';

export const useFolderChoice = defineStore('folder-choice', () => {
  const notices = useNotices();
  const isOpen = ref(false);
  /** Folders that are chosen before the person has done anything: those of the system's dialog, or dropped ones. */
  const chosen = shallowRef<readonly string[]>([]);

  /** Asks for folders: with the system's dialog first where there is one, then what to do with them. */
  async function open(): Promise<void> {
    try {
      const picked = await window.anomPi?.pickFolders();
      if (picked?.length !== 0) openWith(picked ?? []);
    } catch (error) {
      notices.showError(error);
    }
  }

  /** The system has a dialog of its own for folders; else the window has to show one. */
  const hasSystemDialog = window.anomPi !== undefined;

  /** Asks for one folder with the system's dialog; null where none was chosen. */
  async function pickOne(): Promise<string | null> {
    try {
      return (await window.anomPi?.pickFolders())?.[0] ?? null;
    } catch (error) {
      notices.showError(error);
      return null;
    }
  }

  function openWith(folders: readonly string[]) {
    chosen.value = folders;
    isOpen.value = true;
  }

  return { isOpen, chosen, hasSystemDialog, open, openWith, pickOne };
});
