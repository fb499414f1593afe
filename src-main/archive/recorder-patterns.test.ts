/** One real-looking name per recorder, and the properties that hold for names of any kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraName } from './camera-name.ts';
import { localMs } from './local-time.ts';
import { namePatternFrom, readName } from './name-pattern.ts';
import { recorderPatterns } from './recorder-patterns.ts';

const LOCAL = '2024-01-02T03:04:05.000';
const UTC = '2024-01-02T03:04:05.000Z';
const EPOCH = Date.parse(UTC) / 1000;

/** Path → pattern, time (with Z where it is UTC), camera, source of the time. */
const examples: [path: string, pattern: string, time: string, camera: string, source: 'file' | 'folder'][] = [
  ['/media/frigate/recordings/2024-01-02/03/front_door/04.05.mp4', 'frigate', UTC, 'front_door', 'folder'],
  [
    '/media/frigate/recordings/2024-01/02/03/front_door/04.05.mp4',
    'frigate-before-0.12',
    LOCAL,
    'front_door',
    'folder',
  ],
  [`/clips/front_door-${EPOCH}.250000-x1y2z3.mp4`, 'frigate-clip', '2024-01-02T03:04:05.250Z', 'front_door', 'file'],
  [
    '/ftp/3F02A1BPAG/2024-01-02/001/dav/03/03.04.05-03.10.00[M][0@0][0].dav',
    'dahua-storage',
    LOCAL,
    '3F02A1BPAG ch1',
    'folder',
  ],
  ['/export/NVR_ch3_main_20240102030405_20240102031405.dav', 'channel', LOCAL, 'NVR ch3', 'file'],
  ['/export/ch01_20240102030405.mp4', 'channel', LOCAL, 'unknown ch1', 'file'],
  [
    '/hik/192.168.1.64_01_20240102030405123_MOTION_DETECTION.mp4',
    'camera-channel',
    '2024-01-02T03:04:05.123',
    '192.168.1.64 ch1',
    'file',
  ],
  [
    '/sd/Garage/Mp4Record/2024-01-02/RecM01_20240102_030405_030500_6D28808_1A2B3C.mp4',
    'reolink-storage',
    LOCAL,
    'Garage ch1',
    'file',
  ],
  [
    '/sd/Garage/Mp4Record/2024-01-02/RecS02_DST20240102_030405_030500_0_1A2B3C.mp4',
    'reolink-storage',
    LOCAL,
    'Garage ch2',
    'file',
  ],
  ['/downloads/Front-00-20240102030405.mp4', 'camera-channel', LOCAL, 'Front ch0', 'file'],
  [
    '/axis/20240102/03/20240102_030405_8D36_ACCC8E012345/20240102_03/20240102_030405_8D36.mkv',
    'axis-storage',
    LOCAL,
    'ACCC8E012345',
    'file',
  ],
  ['/x/Front Door 1-2-2024, 3.04.05 EST - 1-2-2024, 3.10.05 EST.mp4', 'unifi-export', LOCAL, 'Front Door', 'file'],
  ['/x/G4_Doorbell_1-2-2024,_3.04.05pm_EST.mp4', 'unifi-export', '2024-01-02T15:04:05.000', 'G4_Doorbell', 'file'],
  [`/unifi/FCECDAD8870C_0_rotating_${EPOCH}000.mp4`, 'unifi-storage', UTC, 'FCECDAD8870C', 'file'],
  [
    '/surveillance/Lobby/20240102AM/Lobby-20240102-030405-1704164645250-7.mp4',
    'synology',
    '2024-01-02T03:04:05.250Z',
    'Lobby',
    'file',
  ],
  ['/surveillance/Lobby/20240102AM/Lobby-20240102-030405-1704164645.mp4', 'synology', UTC, 'Lobby', 'file'],
  ['/wyze/Porch/record/20240102/03/04.mp4', 'wyze', '2024-01-02T03:04:00.000', 'Porch', 'folder'],
  ['/mihome/Hall/2024010203/04M05S_1704164645.mp4', 'xiaomi', UTC, 'Hall', 'file'],
  ['/mihome/Hall/2024010203/04M05S.mp4', 'xiaomi', LOCAL, 'Hall', 'folder'],
  ['/yi/Nursery/record/2024Y01M02D03H/E04M05S60.mp4', 'yi', LOCAL, 'Nursery', 'folder'],
  [
    '/TeslaCam/SentryClips/2024-01-02_03-10-00/2024-01-02_03-04-05-left_repeater.mp4',
    'tesla',
    LOCAL,
    'left_repeater',
    'file',
  ],
  ['/car/Normal/NO20240102-030405-000123F.MP4', '70mai', LOCAL, 'Normal F', 'file'],
  ['/car/Record/20240102_030405_NF.mp4', 'blackvue', LOCAL, 'car F', 'file'],
  ['/car/Movie/2024_0102_030405_0001F.MP4', 'viofo', LOCAL, 'car F', 'file'],
  ['/car/240102_030405_001_FH.MP4', 'nextbase', LOCAL, 'car F', 'file'],
  ['/car/REC_2024_01_02_03_04_05_R.MP4', 'thinkware', LOCAL, 'car R', 'file'],
  ['/phone/PXL_20240102_030405123.mp4', 'pixel', '2024-01-02T03:04:05.123Z', 'phone', 'file'],
  ['/phone/VID_20240102_030405.mp4', 'compact', LOCAL, 'phone', 'file'],
  ['/phone/20240102_030405.mp4', 'compact', LOCAL, 'phone', 'file'],
  ['/drone/DJI_20240102030405_0001_D.MP4', 'compact', LOCAL, 'drone', 'file'],
  ['/bi/New/Cam1.20240102_030405.mp4', 'compact', LOCAL, 'Cam1', 'file'],
  ['/tapo/Yard/20240102_030405_tp00012.mp4', 'compact', LOCAL, 'Yard', 'file'],
  ['/motion/01-20240102030405-00.mkv', 'motion', LOCAL, 'unknown ch1', 'file'],
  ['/motioneye/Camera1/2024-01-02/03-04-05.mp4', 'dated-folder', LOCAL, 'Camera1', 'folder'],
  ['/reolink/2024-01-02/Front-01-030405-031005.mp4', 'dated-folder', LOCAL, 'reolink', 'folder'],
  ['/obs/2024-01-02 03-04-05.mkv', 'iso', LOCAL, 'obs', 'file'],
  ['/shinobi/Yard/2024-01-02T03-04-05.mp4', 'iso', LOCAL, 'Yard', 'file'],
  ['/agent/1_2024-01-02_03-04-05_123.mp4', 'iso', LOCAL, 'agent', 'file'],
  ['/x/Gate 2024-01-02T03:04:05.250Z.mp4', 'iso', '2024-01-02T03:04:05.250Z', 'Gate', 'file'],
  ['/x/Gate_2024-01-02T04-04-05+0100.mp4', 'iso', UTC, 'Gate', 'file'],
  ['/x/Gate_20240102T030405Z.mp4', 'compact', UTC, 'Gate', 'file'],
  ['/x/Gate 2024_01_02_03_04_05.mp4', 'iso-underscores', LOCAL, 'Gate', 'file'],
  ['C:\\Video\\Loading Dock\\2024-01-02 03-04-05.mp4', 'iso', LOCAL, 'Loading Dock', 'file'],
  [`/arlo/${EPOCH}250.mp4`, 'epoch', '2024-01-02T03:04:05.250Z', 'arlo', 'file'],
  [`/x/Yard_${EPOCH}.mp4`, 'epoch', UTC, 'Yard', 'file'],
];

describe('recorderPatterns', () => {
  it.each(examples)('%s', (path, pattern, time, camera, source) => {
    const reading = readName(path, recorderPatterns);
    expect({
      pattern: reading?.pattern,
      time: timeText(reading?.time?.at),
      source: reading?.time?.source,
      camera: cameraName(path, reading),
    }).toEqual({ pattern, time, camera, source: `${source}-name` });
  });

  it('has an example of every pattern', () => {
    const shown = new Set(examples.map(([, pattern]) => pattern));
    expect(recorderPatterns.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });

  it.each([
    '/data/events/RoadAccidents133_x264_270_451.mp4',
    '/data/normal/vtest.avi',
    '/data/normal/ub_normal_scene_28_scenario_7.mp4',
    '/data/fight/0001.mp4',
    '/sd/hiv00001.mp4',
    '/x/20241302_030405.mp4',
    '/x/20240230_030405.mp4',
    '/x/2024-01-02 25-04-05.mp4',
    '/x/report-2024-01-02.mp4',
    '/x/1234567890123456789.mp4',
    '',
    '/',
  ])('reads no time from %s', (path) => {
    expect(readName(path, recorderPatterns)?.time ?? null).toBeNull();
  });

  it('reads the time that a generic name says, whatever stands around it', () => {
    const words = fc.stringMatching(/^[a-z]{1,8}$/);
    const time = fc.date({
      min: new Date('1990-01-01T00:00Z'),
      max: new Date('2099-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(words, time, fc.constantFrom('', '_', ' ', '-'), words, (camera, date, gap, rest) => {
        const [day, clock] = date.toISOString().slice(0, 19).split('T');
        const compact = `${day?.replaceAll('-', '')}${gap}${clock?.replaceAll(':', '')}`;
        const dashed = `${day}_${clock?.replaceAll(':', '-')}`;
        for (const name of [compact, dashed]) {
          const reading = readName(`/archive/cam_${camera}.${name}_${rest}.mp4`, recorderPatterns);
          expect(timeText(reading?.time?.at)).toBe(`${day}T${clock}.000`);
          expect(reading?.camera).toBe(`cam_${camera}`);
        }
      }),
      { numRuns: 200, seed: 20260103 },
    );
  });

  it('never throws, never reads an impossible time and is quick on any path', () => {
    const segment = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[-0-9_.T:]{0,30}$/));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const path = `${segments.join('/')}.mp4`;
        const reading = readName(path, recorderPatterns);
        expect(cameraName(path, reading)).not.toBe('');
        const moment = reading?.time?.at;
        if (moment === undefined) return;
        const ms = 'utcMs' in moment ? moment.utcMs : localMs(moment.local);
        expect(ms).toBeGreaterThan(Date.UTC(1989, 11, 31));
        expect(ms).toBeLessThan(Date.UTC(2100, 0, 2));
      }),
      { numRuns: 1500, seed: 20260104 },
    );
  });

  it('comes to an end on a long name that almost fits', () => {
    const name = `${'2024-99-02_03-04-'.repeat(4_000)}x`;
    expect(readName(`/a/${name}.mp4`, recorderPatterns)).toBeNull();
  });
});

describe('namePatternFrom', () => {
  it('makes a pattern of the user’s own, tried before the others', () => {
    const own = namePatternFrom(
      'ours',
      '(?<camera>[a-z]+)~(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d\\d)~(?<hour>\\d\\d)',
    );
    const reading = readName('/x/gate~020124~03.mp4', [own, ...recorderPatterns]);
    expect(reading?.camera).toBe('gate');
    expect(timeText(reading?.time?.at)).toBe('2024-01-02T03:00:00.000');
  });

  it.each([
    ['(?<year>\\d{4}', 'not a regular expression'],
    ['(?<yaer>\\d{4})', 'unknown group "yaer"'],
    ['\\d+', 'needs the groups'],
    ['(?<year>\\d{4})(?<month>\\d\\d)', 'needs the groups'],
  ])('refuses %s', (source, words) => {
    expect(() => namePatternFrom('ours', source)).toThrow(words);
  });
});

function timeText(moment: { readonly utcMs: number } | { readonly local: Parameters<typeof localMs>[0] } | undefined) {
  if (moment === undefined) return undefined;
  return 'utcMs' in moment
    ? new Date(moment.utcMs).toISOString()
    : new Date(localMs(moment.local)).toISOString().slice(0, -1);
}
