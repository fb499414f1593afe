/** What is set for a camera: kept, checked, told to the audit log, and part of a scan's name only where it counts. */
import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CameraSettings, defaultCameraSettings } from '../contract/camera.ts';
import { openStore, type Store } from '../store/index.ts';
import { configureCamera, lookOf, settingsOf } from './camera-settings.ts';

let folder: ReturnType<typeof mkdtempDisposableSync>;
let store: Store;

beforeEach(() => {
  folder = mkdtempDisposableSync(path.join(tmpdir(), 'anom-pi-camera-'));
  store = openStore(folder.path);
  store.cameras.ensure('gate');
});
afterEach(() => {
  store.close();
  folder.remove();
});

const triangle = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 0, y: 1 },
];
const zoned: CameraSettings = {
  ...defaultCameraSettings,
  zones: [{ id: 'z', name: 'Street', kind: 'ignore', points: triangle }],
  framesPerMinute: 60,
};

test('what was set is there after the store was opened anew', () => {
  expect(settingsOf(store, 'gate')).toEqual(defaultCameraSettings);
  expect(configureCamera(store, 'gate', zoned, 7)).toEqual(zoned);
  store.close();
  store = openStore(folder.path);
  expect(settingsOf(store, 'gate')).toEqual(zoned);
});

test('every change is a row of the audit log, and no change is none', () => {
  configureCamera(store, 'gate', zoned, 7);
  configureCamera(store, 'gate', zoned, 8);
  configureCamera(store, 'gate', defaultCameraSettings, 9);
  expect(store.audit.about('gate').map(({ kind, details }) => [kind, details['before'] === null])).toEqual([
    ['camera', true],
    ['camera', false],
  ]);
  expect(store.inspectAudit().fault).toBeNull();
});

test('cameras and policies that are not there are refused by name', () => {
  expect(() => configureCamera(store, 'roof', zoned, 7)).toThrow('There is no camera roof.');
  expect(() => configureCamera(store, 'gate', { ...zoned, policy: 'guess' }, 7)).toThrow('There is no policy guess');
  expect(settingsOf(store, 'gate')).toEqual(defaultCameraSettings);
});

test('settings that a later version wrote do not stand in the way', () => {
  store.cameraSettings.set('gate', { ...zoned, sensitivity: 'extreme' as 'high' }, 7);
  expect(settingsOf(store, 'gate')).toEqual(defaultCameraSettings);
});

test('the key tells looks apart by what they see, not by names and order', () => {
  const [ignore] = zoned.zones;
  const look = { id: 'l', name: 'Door', kind: 'look', points: triangle } as const;
  const both = { ...zoned, zones: [...zoned.zones, look] };
  expect(lookOf(defaultCameraSettings).key).toBeNull();
  expect(lookOf({ ...defaultCameraSettings, framesPerMinute: 60, policy: 'dense' }).key).toBeNull();
  expect(lookOf(zoned).key).not.toBeNull();
  expect(lookOf({ ...zoned, zones: [{ ...ignore!, id: 'other', name: 'Road' }] }).key).toEqual(lookOf(zoned).key);
  expect(lookOf({ ...both, zones: both.zones.toReversed() }).key).toEqual(lookOf(both).key);
  expect(lookOf({ ...zoned, zones: [{ ...ignore!, kind: 'look' }] }).key).not.toEqual(lookOf(zoned).key);
  expect(lookOf({ ...zoned, sensitivity: 'high' }).key).not.toEqual(lookOf(zoned).key);
  expect(lookOf({ ...zoned, classes: ['fall', 'fight'] }).key).toEqual(
    lookOf({ ...zoned, classes: ['fight', 'fall', 'fall'] }).key,
  );
});
