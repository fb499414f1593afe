import { expect, test } from 'vitest';
import {
  annexBUnits,
  freeId,
  jointConfiguration,
  parameterSetsFrom,
  profileOf,
  withLengths,
} from './parameter-sets.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
/** What x264 wrote for footage of 160 × 120, in the form of MP4: Main profile, both ids 0. */
const main = bytes('014d400bffe1001a 674d400beca1423f2cd408081500000300010001d4c00f142996 01 0005 68eae3cb20');
function setsOf(data: Uint8Array) {
  const sets = parameterSetsFrom(data);
  if (sets === null) throw new Error('no parameter sets were read');
  return sets;
}

test('a configuration record is read, and written again as it was', () => {
  const sets = setsOf(main);
  expect(sets.sequence.map(({ length }) => length)).toEqual([26]);
  expect(sets.picture.map((unit) => Buffer.from(unit).toString('hex'))).toEqual(['68eae3cb20']);
  expect(sets.isAnnexB).toBe(false);
  expect(profileOf(sets)).toBe(77);
  const none = { sequence: [], picture: [], isAnnexB: false };
  expect(jointConfiguration(sets, none).toString('hex')).toBe(main.toString('hex'));
});

test('units with start codes are told apart, whatever precedes and follows them', () => {
  const data = bytes('00000001 0910 000001 674d40 00000001 68ee 000000');
  expect(annexBUnits(data).map((unit) => Buffer.from(unit).toString('hex'))).toEqual(['0910', '674d40', '68ee']);
  expect(withLengths(data).toString('hex')).toBe('00000002091000000003674d400000000268ee');
  const sets = parameterSetsFrom(bytes('00000001 674d400beca1 000001 68eae3cb20'));
  expect(sets).toMatchObject({ isAnnexB: true });
  expect([sets?.sequence.length, sets?.picture.length]).toEqual([1, 1]);
});

test('a free id is one that neither kind of parameter sets has', () => {
  const own = setsOf(main);
  expect(freeId(own)).toBe(31);
  // ue(v) of 31 is 00000 100000.
  expect(freeId({ sequence: [bytes('6742c00b0400')], picture: [], isAnnexB: true })).toBe(30);
  expect(freeId({ sequence: [], picture: [bytes('680400')], isAnnexB: true })).toBe(30);
});

test('two streams’ sets stand in one record of the higher profile and level', () => {
  const own = setsOf(main);
  const joint = jointConfiguration(own, {
    ...{ sequence: [bytes('67640015ffac')], picture: [bytes('68ee')], isAnnexB: true },
  });
  expect([...joint.subarray(0, 6)]).toEqual([1, 0x64, 0, 0x15, 0xff, 0xe2]);
  expect(joint.subarray(-4).toString('hex')).toBe('fdf8f800');
  const read = parameterSetsFrom(joint);
  expect([read?.sequence.length, read?.picture.length]).toEqual([2, 2]);
});

test.each([
  ['nothing', null],
  ['too little', bytes('0142')],
  ['lengths of two bytes', bytes('014d400bfde1001a6742')],
  ['lengths beyond the end', bytes('014d400bffe100ff674d400b0100')],
])('%s is no description', (_, data) => {
  expect(parameterSetsFrom(data)).toBeNull();
});
