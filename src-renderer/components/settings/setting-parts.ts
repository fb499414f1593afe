/** Parts of the settings that are more than one value in one row, with the texts by which they are found. */
import type { Component } from 'vue';
import type { MessageKey } from '../../i18n/index.ts';
import ModelProviders from './ModelProviders.vue';
import NewsSettings from './NewsSettings.vue';
import RetentionAdvice from './RetentionAdvice.vue';
import WatchedFolders from './WatchedFolders.vue';

interface SettingPart {
  readonly id: string;
  readonly component: Component;
  readonly words: readonly MessageKey[];
}

export const settingParts: readonly SettingPart[] = [
  {
    id: 'watched',
    component: WatchedFolders,
    words: ['watching.folders.title', 'watching.folders.text', 'watching.folders.path'],
  },
  {
    id: 'news',
    component: NewsSettings,
    words: ['watching.news.settings', 'watching.news.system', 'watching.news.systemText', 'watching.news.score'],
  },
  {
    id: 'models',
    component: ModelProviders,
    words: ['watching.models.title', 'watching.models.text', 'shell.settings.provider.label'],
  },
  {
    id: 'retention',
    component: RetentionAdvice,
    words: ['watching.retention.title', 'watching.retention.text', 'watching.retention.folders'],
  },
];
