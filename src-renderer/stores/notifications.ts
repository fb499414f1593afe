/** News of flags that scans have just found: a list behind the bell, and a word of the system while nobody looks here. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import type { EventValue } from '../../src-main/contract/calls.ts';
import { t } from '../i18n/index.ts';
import { classLabel } from '../lib/class-label.ts';
import { fileName } from '../lib/format.ts';
import { useConnection } from './connection.ts';
import { useSettings } from './settings.ts';

type Line = EventValue<'scan.line'>['line'];

export interface FlagNews {
  readonly flag: string;
  readonly path: string;
  readonly class: string;
  readonly score: number;
  readonly atMs: number;
}

/** What the system says of notifications of this page; `missing` where it has none. */
export type Permission = NotificationPermission | 'missing';

/** The oldest give way. */
const most = 100;
/** What is found within this time is told of at once: a scan of many short clips must not ring for each. */
const gatherMs = 3000;
/** The system shows a newer notification of one name in place of the older. */
const tag = 'anom-pi-flags';

const permissionNow = (): Permission => ('Notification' in window ? Notification.permission : 'missing');

export const useNotifications = defineStore('notifications', () => {
  const { client } = useConnection();
  const settings = useSettings();
  const router = useRouter();
  const news = shallowRef<readonly FlagNews[]>([]);
  const unread = ref(0);
  const permission = ref<Permission>(permissionNow());
  /** Recordings that are being told of: flags of a look that was taken before are repeated, and are no news. */
  const looked = new Set<string>();
  let gathered: FlagNews[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function heard(line: Line): void {
    if (line.type === 'recording') {
      if (line.status === 'scanned') looked.add(line.path);
      else looked.delete(line.path);
    }
    if (line.type === 'summary') looked.clear();
    if (line.type !== 'flag' || line.path === undefined || !looked.has(line.path)) return;
    if (line.score < settings.values.notifyScore || news.value.some(({ flag }) => flag === line.id)) return;
    const item = { flag: line.id, path: line.path, class: line.class, score: line.score, atMs: Date.now() };
    news.value = [item, ...news.value].slice(0, most);
    unread.value += 1;
    gathered.push(item);
    timer ??= setTimeout(tell, gatherMs);
  }
  client.on('scan.line', ({ line }) => heard(line));

  function tell(): void {
    timer = null;
    const found = gathered.toSorted((a, b) => b.score - a.score);
    gathered = [];
    const [best] = found;
    if (best === undefined || document.hasFocus()) return;
    if (!settings.values.notifications || permissionNow() !== 'granted') return;
    const words = {
      class: classLabel(best.class),
      file: fileName(best.path),
      score: String(Math.round(100 * best.score)),
      count: found.length,
    };
    const title = found.length === 1 ? t('watching.news.one', words) : t('watching.news.many', words);
    const shown = new Notification(title, {
      body: found.length === 1 ? `${words.score} %` : t('watching.news.manyText', words),
      tag,
    });
    shown.addEventListener('click', () => {
      window.focus();
      go(best);
      shown.close();
    });
  }

  function go({ flag }: FlagNews): void {
    void router.push({ name: 'review', params: { flag } });
  }

  /** On the person's act only: browsers refuse to ask otherwise. Whether the system will tell from now on. */
  async function allow(): Promise<boolean> {
    if (permissionNow() === 'default') await Notification.requestPermission();
    permission.value = permissionNow();
    return permission.value === 'granted';
  }

  return {
    ...{ news, unread, permission, go, allow },
    isEmpty: computed(() => news.value.length === 0),
    seen: () => (unread.value = 0),
    clear: () => {
      news.value = [];
      unread.value = 0;
    },
  };
});
