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

  function openWith(folders: readonly string[]) {
    chosen.value = folders;
    isOpen.value = true;
  }

  return { isOpen, chosen, open, openWith };
});
