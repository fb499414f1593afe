/** How common recorders, dashcams and programs name their files; the first that fits is taken, so the exact ones lead. */
import { type NamePattern, patternRegex } from './name-pattern.ts';

const Y = '(?<year>(?:19|20)\\d\\d)';
const M = '(?<month>\\d\\d)';
const D = '(?<day>\\d\\d)';
const H = '(?<hour>\\d\\d)';
const MIN = '(?<minute>\\d\\d)';
const S = '(?<second>\\d\\d)';
const YMD = `${Y}${M}${D}`;
const HMS = `${H}${MIN}${S}`;
const MS = '(?<fraction>\\d{3})?';
const ZONE = '(?<zone>Z|[+-]\\d\\d[:.]?(?:\\d\\d)?(?!\\d))?';
/** The rest of a file's name, which begins with something that is no digit. */
const REST = '(?:\\D[^/]*)?';
/** What stands before a time: a camera's name, which holds a letter or a dot (an IP address), and a separator. */
const CAMERA = '(?:(?<camera>[^/]*?[\\p{L}.][^/]*?)[-_. ]+)?';

/** A pattern that begins where a folder's or file's name does. */
const pattern = (name: string, source: string, times: 'local' | 'utc' = 'local'): NamePattern => ({
  name,
  regex: patternRegex(`(?<![^/])(?:${source})`),
  times,
});

/** A pattern that may begin within a name. */
const loosePattern = (name: string, source: string): NamePattern => ({ name, regex: patternRegex(source) });

/**
 * The recorders whose naming is documented or was seen; an example of each is in recorder-patterns.test.ts. Times are
 * those of the recorder's clock unless it is known to write UTC (Frigate since 0.12, Pixel phones).
 */
export const recorderPatterns: readonly NamePattern[] = [
  pattern('frigate', `${Y}-${M}-${D}/${H}/(?<camera>[^/]+)/${MIN}\\.${S}`, 'utc'),
  pattern('frigate-before-0.12', `${Y}-${M}/${D}/${H}/(?<camera>[^/]+)/${MIN}\\.${S}`),
  pattern('frigate-clip', '(?<camera>[^/]+)-(?<epoch>1\\d{9}\\.\\d{1,6})-[a-z0-9]+'),
  pattern('dahua-storage', `${Y}-${M}-${D}/(?<channel>\\d{3})/(?:dav|mp4)/\\d\\d/${H}\\.${MIN}\\.${S}-[^/]*`),
  pattern('reolink-storage', `Rec[A-Z](?<channel>\\d\\d)_(?:DST)?${YMD}_${HMS}_\\d{6}${REST}`),
  pattern(
    'axis-storage',
    `\\d{8}_\\d{6}_[0-9A-F]{4}_(?<camera>[0-9A-F]{12})/(?:\\d{8}_\\d\\d/)?${YMD}_${HMS}_[0-9A-F]{4}`,
  ),
  pattern(
    'unifi-export',
    `(?<camera>[^/]+?)[ _](?<month>\\d\\d?)-(?<day>\\d\\d?)-${Y},[ _](?<hour>\\d\\d?)\\.${MIN}\\.${S}[ _]?(?<ampm>[ap]m)?${REST}`,
  ),
  pattern('unifi-storage', '(?<camera>[0-9A-F]{12})_\\d+_[a-z]+_(?<epochMs>1\\d{12})(?:_[^/]*)?'),
  pattern('synology', `(?<camera>[^/]+?)-\\d{8}-\\d{6}-(?:(?<epochMs>1\\d{12})|(?<epoch>1\\d{9}))(?:-[^/]*)?`),
  pattern('wyze', `${YMD}/${H}/${MIN}`),
  pattern('xiaomi', `${Y}${M}${D}${H}/${MIN}M${S}S(?:_(?<epoch>1\\d{9}))?`),
  pattern('yi', `${Y}Y${M}M${D}D${H}H/[A-Z]?${MIN}M${S}S\\d*`),
  pattern(
    'tesla',
    `${Y}-${M}-${D}_${H}-${MIN}-${S}-(?<camera>front|back|left_repeater|right_repeater|left_pillar|right_pillar)`,
  ),
  pattern('70mai', `(?:NO|EV|PA|LA)${YMD}-${HMS}-\\d{6}(?<channel>[FB])?`),
  pattern('blackvue', `${YMD}_${HMS}_[A-Z](?<channel>[FRIO])[LS]?`),
  pattern('viofo', `${Y}_?${M}${D}_?${HMS}_\\d{3,6}[PE]?(?<channel>[FRIT])`),
  pattern('nextbase', `(?<year>\\d\\d)${M}${D}_${HMS}_\\d{3}_(?<channel>[FR])[HL]`),
  pattern('thinkware', `(?:REC|EVT|MOT)_${Y}_${M}_${D}_${H}_${MIN}_${S}_(?<channel>[FR])`),
  pattern('pixel', `PXL_${YMD}_${HMS}${MS}${REST}`, 'utc'),
  // Dahua, Lorex, Amcrest, Hikvision: NVR_ch1_main_20240102030405_20240102031405, ch01_20240102030405.
  pattern(
    'channel',
    `${CAMERA}ch(?:annel)?[-_ ]?(?<channel>\\d{1,3})[-_ ]+(?:[a-z]+\\d?[-_ ])?${YMD}[-_T ]?${HMS}${MS}${REST}`,
  ),
  // Hikvision and Reolink downloads: 192.168.1.64_01_20240102030405123_MOTION, Front-00-20240102030405.
  pattern('camera-channel', `(?<camera>[^/]+?)[-_](?<channel>\\d\\d)[-_]${YMD}${HMS}${MS}${REST}`),
  // motion (the Linux program): 01-20240102030405-00.
  pattern('motion', `(?<channel>\\d{1,3})-${YMD}${HMS}${REST}`),
  // Blue Iris (Cam1.20240102_030405), OBS, Shinobi, Agent DVR, Tapo, Samsung, DJI and everything that looks like them.
  loosePattern(
    'iso',
    `${CAMERA}(?<!\\d)${Y}-${M}-${D}[-_T ]+${H}[-:._h]?${MIN}[-:._m]?${S}(?:[.,](?<fraction>\\d{1,9}))?${ZONE}${REST}`,
  ),
  loosePattern('iso-underscores', `${CAMERA}(?<!\\d)${Y}[_.]${M}[_.]${D}[-_T. ]+${H}[-_.]${MIN}[-_.]${S}${REST}`),
  loosePattern('compact', `${CAMERA}(?<!\\d)${YMD}[-_T. ]?${HMS}${MS}${ZONE}${REST}`),
  // A dated folder and a time for a name: motionEye (2024-01-02/03-04-05), Reolink (2024-01-02/Front-01-030405-031005).
  loosePattern(
    'dated-folder',
    `(?<!\\d)${Y}[-_.]?${M}[-_.]?${D}(?:/[^/]+){0,2}/(?:[^/]*?\\D)?${H}[-_.:h]?${MIN}[-_.:m]?${S}${REST}`,
  ),
  loosePattern('epoch', `${CAMERA}(?<!\\d)(?:(?<epochMs>1\\d{12})|(?<epoch>1\\d{9}))`),
];
