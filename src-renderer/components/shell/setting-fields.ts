/** How each setting is shown and typed: its group, its control, when it takes effect. */
import { type KnownSettings, providerChoices, type SettingName, themes } from '../../../src-main/contract/settings.ts';
import { languages, t } from '../../i18n/index.ts';

/** Settings with a row of their own; shortcuts and news have sections, and the tour is begun from the help. */
export type FieldName = Exclude<SettingName, 'shortcutKeys' | 'notifications' | 'notifyScore' | 'tourSeen'>;
type SettingValue = KnownSettings[FieldName];

export type SettingControl =
  | { readonly kind: 'choice'; readonly options: () => readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'number' }
  /** Bytes, typed in units of 2^30. */
  | { readonly kind: 'size' }
  | { readonly kind: 'lines' };

export interface SettingField {
  readonly group: SettingGroup;
  readonly control: SettingControl;
  /** Where a change is not in force at once. */
  readonly effect?: 'nextStart' | 'nextScan';
}

export const settingGroups = [
  'looking',
  'cameras',
  'reviewing',
  'learning',
  'machine',
  'storage',
  'appearance',
] as const;
export type SettingGroup = (typeof settingGroups)[number];

const thisZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function zones() {
  const machine = { value: '', label: t('shell.settings.timeZone.machine', { zone: thisZone() }) };
  return [machine, ...Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))];
}

/** Every setting there is; the order is that of the view. */
export const settingFields: Readonly<Record<FieldName, SettingField>> = {
  framesPerMinute: { group: 'looking', control: { kind: 'number' }, effect: 'nextScan' },
  timeZone: { group: 'cameras', control: { kind: 'choice', options: zones } },
  namePatterns: { group: 'cameras', control: { kind: 'lines' } },
  leadInSeconds: { group: 'reviewing', control: { kind: 'number' } },
  provider: {
    group: 'machine',
    control: {
      kind: 'choice',
      options: () => providerChoices.map((value) => ({ value, label: t(`shell.settings.provider.${value}`) })),
    },
    effect: 'nextScan',
  },
  workers: { group: 'machine', control: { kind: 'number' }, effect: 'nextStart' },
  trainingFramesPerEpisode: { group: 'learning', control: { kind: 'number' } },
  trainingMinutes: { group: 'learning', control: { kind: 'number' } },
  frameCacheBytes: { group: 'storage', control: { kind: 'size' } },
  playbackCacheBytes: { group: 'storage', control: { kind: 'size' } },
  theme: {
    group: 'appearance',
    control: {
      kind: 'choice',
      options: () => themes.map((value) => ({ value, label: t(`shell.settings.theme.${value}`) })),
    },
  },
  language: {
    group: 'appearance',
    control: {
      kind: 'choice',
      options: () =>
        (['', ...languages] as const).map((value) => ({
          value,
          label: t(value === '' ? 'shell.settings.language.system' : `shell.settings.language.${value}`),
        })),
    },
  },
};

const unit = 2 ** 30;

/** The value as it is typed. */
export function textFromValue(control: SettingControl, value: SettingValue): string {
  return control.kind === 'size' ? String(Math.round((Number(value) / unit) * 100) / 100) : String(value);
}

/** What was typed as a value, or null where a number was expected and is none. A comma is taken for a decimal point. */
export function valueFromText(control: SettingControl, text: string): string | number | null {
  if (control.kind === 'choice' || control.kind === 'lines') return text;
  const trimmed = text.trim().replace(',', '.');
  const number = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(number)) return null;
  return control.kind === 'size' ? Math.round(number * unit) : number;
}
