/** The records of archives larger than 4 GiB, which no test writes. */
import { describe, expect, it } from 'vitest';
import { closingRecords, localRecord, type ZipEntry } from './zip-records.ts';

describe('records of large archives', () => {
  const large: ZipEntry = { name: 'clip.mp4', bytes: 5 * 2 ** 30, crc32: 0x12345678 };

  it('have their sizes in 64 bits, where 32 are not enough', () => {
    const record = localRecord(large);
    expect(record.length).toBe(30 + 8 + 20);
    expect([record.readUInt16LE(4), record.readUInt32LE(18), record.readUInt32LE(22)]).toEqual([
      45, 0xffffffff, 0xffffffff,
    ]);
    expect(record.readBigUInt64LE(30 + 8 + 4)).toBe(5n * 2n ** 30n);
    expect(localRecord({ ...large, bytes: 0xffff_fffe }).length).toBe(30 + 8);
  });

  it('say where a file begins, and where the directory does, in 64 bits', () => {
    const small: ZipEntry = { name: 'a', bytes: 1, crc32: 1 };
    const closing = closingRecords([large, small], [0, 5 * 2 ** 30 + 58], 5 * 2 ** 30 + 90);
    const second = 46 + 8 + 20;
    expect(closing.readUInt32LE(second + 42)).toBe(0xffffffff);
    expect(closing.readBigUInt64LE(second + 46 + 1 + 4)).toBe(5n * 2n ** 30n + 58n);
    const end64 = closing.length - 22 - 20 - 56;
    expect(closing.readUInt32LE(end64)).toBe(0x06064b50);
    expect(closing.readBigUInt64LE(end64 + 48)).toBe(5n * 2n ** 30n + 90n);
    expect(closing.readBigUInt64LE(end64 + 56 + 8)).toBe(5n * 2n ** 30n + 90n + BigInt(end64));
    expect(closingRecords([small], [0], 32).length).toBe(46 + 1 + 22);
  });
});
