/** What the desktop program's menu asks of the window. */
import { onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';
import type { ShellCommand } from '../../../src-main/contract/shell.ts';
import { useFolderChoice } from '../../stores/folder-choice.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useNotices } from '../../stores/notices.ts';
import { useSettings } from '../../stores/settings.ts';

/** Answers the shell's commands while the component lives; nothing to do in a browser. */
export function useShellCommands(showHelp: () => void): void {
  const router = useRouter();
  const folders = useFolderChoice();
  const jobs = useJobs();
  const notices = useNotices();
  const settings = useSettings();

  function answer(command: ShellCommand): void {
    switch (command) {
      case 'open-folder':
        void folders.open();
        return;
      case 'open-samples':
        jobs.startSamples().then(() => router.push('/welcome'), notices.showError);
        return;
      case 'settings':
        void router.push('/settings');
        return;
      case 'toggle-theme':
        settings.set({ theme: settings.theme === 'dark' ? 'light' : 'dark' }).catch(notices.showError);
        return;
      case 'help':
        showHelp();
        return;
      default:
        folders.openWith(command.folders);
    }
  }

  const stop = window.anomPi?.onCommand(answer);
  if (stop !== undefined) onScopeDispose(stop);
}
