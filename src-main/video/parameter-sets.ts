/** H.264 parameter sets: read from a stream's description, told apart by their ids, and put together into one; pure. */

/** What a decoder is told before the first picture. */
export interface ParameterSets {
  /** Sequence and picture parameter sets, each a whole NAL unit. */
  readonly sequence: readonly Uint8Array[];
  readonly picture: readonly Uint8Array[];
  /** True where packets begin their units with start codes, false where with four bytes of length. */
  readonly isAnnexB: boolean;
}

/** NAL unit types of Table 7-1 of H.264. */
const sequenceType = 7;
const pictureType = 8;
/** Profiles whose configuration record names the sample format as well (ISO/IEC 14496-15, 5.3.3.1.2). */
const highProfiles: ReadonlySet<number> = new Set([100, 110, 122, 144]);

const typeOf = (unit: Uint8Array): number => (unit[0] ?? 0) & 31;

/** The units of a packet or description with start codes (Annex B), without those. */
export function annexBUnits(data: Uint8Array): Uint8Array[] {
  const starts: { readonly code: number; readonly unit: number }[] = [];
  for (let index = 0; index + 2 < data.length; index++) {
    if (data[index] !== 0 || data[index + 1] !== 0 || data[index + 2] !== 1) continue;
    starts.push({ code: index, unit: index + 3 });
    index += 2;
  }
  return starts.map(({ unit }, place) => {
    let end = starts[place + 1]?.code ?? data.length;
    // A zero before the code belongs to it, and zeros at the end to nothing.
    while (end > unit && data[end - 1] === 0) end--;
    return data.subarray(unit, end);
  });
}

/** A packet with start codes as players of MP4 read it: each unit behind its length in four bytes. */
export function withLengths(data: Uint8Array): Buffer {
  const units = annexBUnits(data);
  const packed = Buffer.alloc(units.reduce((sum, unit) => sum + 4 + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    packed.writeUInt32BE(unit.length, at);
    packed.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return packed;
}

/** Of a stream's extradata; null where they cannot be read, or lengths of other than four bytes are used. */
export function parameterSetsFrom(extradata: Uint8Array | null): ParameterSets | null {
  if (extradata === null || extradata.length < 7) return null;
  if (extradata[0] !== 1) {
    const units = annexBUnits(extradata);
    return setsOf(units, true);
  }
  if (((extradata[4] ?? 0) & 3) !== 3) return null;
  const units: Uint8Array[] = [];
  let at = 5;
  for (const mask of [31, 255]) {
    const count = (extradata[at++] ?? 0) & mask;
    for (let index = 0; index < count; index++) {
      const length = ((extradata[at] ?? 0) << 8) | (extradata[at + 1] ?? 0);
      if (length === 0 || at + 2 + length > extradata.length) return null;
      units.push(extradata.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return setsOf(units, false);
}

function setsOf(units: readonly Uint8Array[], isAnnexB: boolean): ParameterSets | null {
  const sequence = units.filter((unit) => typeOf(unit) === sequenceType && unit.length >= 5);
  const picture = units.filter((unit) => typeOf(unit) === pictureType && unit.length >= 2);
  return sequence.length === 0 || picture.length === 0 ? null : { sequence, picture, isAnnexB };
}

/** `profile_idc` of the first sequence parameter set. */
export const profileOf = ({ sequence }: ParameterSets): number => sequence[0]?.[1] ?? 0;

/** The highest id that neither a sequence nor a picture parameter set has yet; null where all are taken. */
export function freeId({ sequence, picture }: ParameterSets): number | null {
  const taken = new Set([
    // After the unit's header: profile, constraints and level; the id comes next.
    ...sequence.map((unit) => readId(unit, 4)),
    ...picture.map((unit) => readId(unit, 1)),
  ]);
  // Recorders that begin anew count upwards from 0 within the recording.
  for (let id = 31; id >= 0; id--) if (!taken.has(id)) return id;
  return null;
}

/** The number at byte `from` as an unsigned Exp-Golomb code (H.264, 9.1). */
function readId(unit: Uint8Array, from: number): number {
  let position = from * 8;
  const bit = () => {
    const value = ((unit[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
    position++;
    return value;
  };
  let zeros = 0;
  while (zeros < 16 && bit() === 0) zeros++;
  let value = 1;
  for (let index = 0; index < zeros; index++) value = value * 2 + bit();
  return value - 1;
}

/**
 * One configuration record (avcC) with the parameter sets of both. A player prepares for it, so it names the higher profile
 * and level. Both are 4:2:0 with eight bits.
 */
export function jointConfiguration(one: ParameterSets, other: ParameterSets): Buffer {
  const sequence = [...one.sequence, ...other.sequence];
  const picture = [...one.picture, ...other.picture];
  const highest = (index: number) => sequence.reduce((most, unit) => Math.max(most, unit[index] ?? 0), 0);
  const profile = highest(1);
  // A constraint holds for the whole where it holds for each.
  const constraints = sequence.reduce((common, unit) => common & (unit[2] ?? 0), 255);
  const parts: (Uint8Array | number[])[] = [[1, profile, constraints, highest(3), 0xff, 0xe0 | sequence.length]];
  const add = (unit: Uint8Array) => parts.push([unit.length >> 8, unit.length & 255], unit);
  for (const unit of sequence) add(unit);
  parts.push([picture.length]);
  for (const unit of picture) add(unit);
  if (highProfiles.has(profile)) parts.push([0xfd, 0xf8, 0xf8, 0]);
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}
