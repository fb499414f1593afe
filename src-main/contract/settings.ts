/** What a person can set, with the defaults that hold until then. */
import * as v from 'valibot';

export const providerChoices = ['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;

export const themes = ['system', 'dark', 'light'] as const;

const textUpTo = (most: number) => v.pipe(v.string('A text.'), v.maxLength(most, `At most ${most} characters.`));

const wholeNumber = (most: number) => {
  const words = `A whole number from 0 to ${most}.`;
  return v.pipe(v.number(words), v.integer(words), v.minValue(0, words), v.maxValue(most, words));
};

const aboveZero = v.pipe(
  v.number('A number above 0.'),
  v.finite('A number above 0.'),
  v.gtValue(0, 'A number above 0.'),
);

const bytes = v.pipe(
  v.number('A number of bytes.'),
  v.finite('A number of bytes.'),
  v.minValue(0, 'A number of bytes, 0 or more.'),
);

const settingsSchema = v.object({
  /** Where the nets run; `auto` takes the fastest that works. */
  provider: v.optional(v.picklist(providerChoices, `One of ${providerChoices.join(', ')}.`), 'auto'),
  /** Worker processes; 0 for one per core, four at most. */
  workers: v.optional(wholeNumber(64), 0),
  /** Analysed frames per minute of footage that a scan may spend. */
  framesPerMinute: v.optional(aboveZero, 24),
  /** New frames that training may look at of each labelled episode; what is cached is used in any case. */
  trainingFramesPerEpisode: v.optional(wholeNumber(4096), 48),
  /** Minutes after which a training run stops; resumed, it has as many again. */
  trainingMinutes: v.optional(aboveZero, 30),
  /** IANA time zone of cameras that have none of their own; empty for this machine's. */
  timeZone: v.optional(textUpTo(100), ''),
  /**
   * Name patterns of one's own, one regular expression a line, tried before those of the common recorders; its named
   * groups are those of `archive/name-pattern.ts`.
   */
  namePatterns: v.optional(textUpTo(20_000), ''),
  /** How much disk the cache of frame observations may take. */
  frameCacheBytes: v.optional(bytes, 4 * 2 ** 30),
  /** How much disk segments, sheets and pictures for the player may take. */
  playbackCacheBytes: v.optional(bytes, 2 * 2 ** 30),
  theme: v.optional(v.picklist(themes, `One of ${themes.join(', ')}.`), 'system'),
  /** Shortcuts of one's own as JSON: keys by the id of a shortcut. Empty for the window's own keys. */
  shortcutKeys: v.optional(textUpTo(20_000), ''),
  /** Seconds that are shown before a flagged interval when it is opened and repeated. */
  leadInSeconds: v.optional(
    v.pipe(
      v.number('A number of seconds.'),
      v.minValue(0, 'From 0 to 60 seconds.'),
      v.maxValue(60, 'From 0 to 60 seconds.'),
    ),
    2,
  ),
  /** Whether the system tells of new flags while the window is not in use; which the system must allow too. */
  notifications: v.optional(v.boolean('On or off.'), false),
  /** From which score on a new flag is told of, in the window and by the system. */
  notifyScore: v.optional(
    v.pipe(v.number('From 0 to 1.'), v.minValue(0, 'From 0 to 1.'), v.maxValue(1, 'From 0 to 1.')),
    0.6,
  ),
  /** Whether the tour of the window was seen, or skipped. */
  tourSeen: v.optional(v.boolean('On or off.'), false),
  /** BCP 47 tag of the window's language; empty for the system's, where there are words for it. */
  language: v.optional(textUpTo(35), ''),
});
export type KnownSettings = v.InferOutput<typeof settingsSchema>;
export type SettingName = keyof KnownSettings;

export const settingNames = Object.keys(settingsSchema.entries) as readonly SettingName[];

export type SettingsReading =
  | { readonly ok: true; readonly settings: KnownSettings }
  /** `setting`: the one that is wrong; null where the whole is none. `reason`: one sentence without its name. */
  | { readonly ok: false; readonly setting: SettingName | null; readonly reason: string };

/** `stored` with defaults for what it lacks; members that are not settings are left out. */
export function readSettings(stored: unknown): SettingsReading {
  const parsed = v.safeParse(settingsSchema, stored);
  if (parsed.success) return { ok: true, settings: parsed.output };
  const [issue] = parsed.issues;
  const setting = settingNames.find((name) => name === v.getDotPath(issue)) ?? null;
  return { ok: false, setting, reason: issue.message };
}
