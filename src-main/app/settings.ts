/** The settings in force: what is stored, checked, over the defaults. */
import { AppError, appErrorFrom } from '../contract/errors.ts';
import { type KnownSettings, readSettings, type SettingName, settingNames } from '../contract/settings.ts';
import { isTimeZone, namePatternFrom, type NamePattern } from '../archive/index.ts';
import type { Store } from '../store/index.ts';

export interface SettingsService {
  get(): KnownSettings;
  /** Changes what is named; null puts a setting back to its default. Errors: `invalid-argument`; then nothing changed. */
  set(changes: Readonly<Record<string, string | number | boolean | null>>): KnownSettings;
}

export function createSettings({ settings: table }: Pick<Store, 'settings'>): SettingsService {
  const stored = () => Object.fromEntries(settingNames.map((name) => [name, table.get(name)]));

  function get(): KnownSettings {
    const reading = readSettings(stored());
    if (reading.ok) return reading.settings;
    // A row that another version wrote must not keep the program from starting: defaults hold.
    const defaults = readSettings({});
    if (!defaults.ok) throw new AppError('internal', `The defaults are no settings: ${defaults.reason}`);
    return defaults.settings;
  }

  return {
    get,
    set(changes) {
      const unknown = Object.keys(changes).find((name) => !isSetting(name));
      if (unknown !== undefined) {
        throw new AppError(
          'invalid-argument',
          `There is no setting '${unknown}'; there are ${settingNames.join(', ')}.`,
        );
      }
      const wanted = Object.entries({ ...stored(), ...changes }).filter(([, value]) => value !== null);
      const reading = readSettings(Object.fromEntries(wanted));
      if (!reading.ok) throw refusal(reading.setting, reading.reason);
      const { namePatterns, timeZone } = reading.settings;
      checkPatterns(namePatterns);
      if (timeZone !== '' && !isTimeZone(timeZone)) {
        throw refusal('timeZone', `There is no time zone '${timeZone}'; name one like Europe/Berlin.`);
      }
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) table.remove(name);
        else table.set(name, value);
      }
      return get();
    },
  };
}

/** `details` name the setting and the reason alone, for whoever shows it beside its field. */
function refusal(setting: SettingName | null, reason: string): AppError {
  const details = { reason, ...(setting !== null && { setting }) };
  const named = setting === null ? '' : `${setting}: `;
  return new AppError('invalid-argument', `The settings were not changed: ${named}${reason}`, { details });
}

function checkPatterns(lines: string): void {
  try {
    patternsFrom(lines);
  } catch (error) {
    throw refusal('namePatterns', appErrorFrom(error).message);
  }
}

/** The patterns of a setting, one a line. Errors: `invalid-argument` that names the line. */
export const patternsFrom = (lines: string): NamePattern[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => namePatternFrom(line, line));

const isSetting = (name: string): name is SettingName => settingNames.some((known) => known === name);
