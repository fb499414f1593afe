/** What a person can set, with the defaults that hold until then. */
import * as v from 'valibot';

export const providerChoices = ['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;

export const themes = ['system', 'dark', 'light'] as const;

const settingsSchema = v.object({
  /** Where the nets run; `auto` takes the fastest that works. */
  provider: v.optional(v.picklist(providerChoices), 'auto'),
  /** Worker processes; 0 for one per core, four at most. */
  workers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)), 0),
  /** Analysed frames per minute of footage that a scan may spend. */
  framesPerMinute: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), 24),
  /** IANA time zone of cameras that have none of their own; empty for this machine's. */
  timeZone: v.optional(v.pipe(v.string(), v.maxLength(100)), ''),
  /**
   * Name patterns of one's own, one regular expression a line, tried before those of the common recorders; its named
   * groups are those of `archive/name-pattern.ts`.
   */
  namePatterns: v.optional(v.pipe(v.string(), v.maxLength(20_000)), ''),
  /** How much disk the cache of frame observations may take. */
  frameCacheBytes: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 4 * 2 ** 30),
  /** How much disk segments, sheets and pictures for the player may take. */
  playbackCacheBytes: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 2 * 2 ** 30),
  theme: v.optional(v.picklist(themes), 'system'),
  /** BCP 47 tag of the window's language; empty for the system's, where there are words for it. */
  language: v.optional(v.pipe(v.string(), v.maxLength(35)), ''),
});
export type KnownSettings = v.InferOutput<typeof settingsSchema>;
export type SettingName = keyof KnownSettings;

export const settingNames = Object.keys(settingsSchema.entries) as readonly SettingName[];

export type SettingsReading =
  { readonly ok: true; readonly settings: KnownSettings } | { readonly ok: false; readonly reason: string };

/** `stored` with defaults for what it lacks; members that are not settings are left out. */
export function readSettings(stored: unknown): SettingsReading {
  const parsed = v.safeParse(settingsSchema, stored);
  if (parsed.success) return { ok: true, settings: parsed.output };
  const [issue] = parsed.issues;
  return { ok: false, reason: `${v.getDotPath(issue) ?? 'settings'}: ${issue.message}` };
}
