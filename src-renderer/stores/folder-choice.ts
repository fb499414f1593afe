/** Choosing folders to look through, from wherever in the window it was asked for. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';

export const useFolderChoice = defineStore('folder-choice', () => {
  const isOpen = ref(false);
  /** Folders that are chosen before the person has done anything: those of the system's dialog, or dropped ones. */
  const chosen = shallowRef<readonly string[]>([]);

  /** Asks for folders: with the system's dialog first where there is one, then what to do with them. */
  async function open(): Promise<void> {
    const picked = await window.anomPi?.pickFolders();
    if (picked?.length === 0) return;
    openWith(picked ?? []);
  }

  function openWith(folders: readonly string[]) {
    chosen.value = folders;
    isOpen.value = true;
  }

  return { isOpen, chosen, open, openWith };
});
