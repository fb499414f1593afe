import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRangeFrom } from './byte-range.ts';

describe('byteRangeFrom', () => {
  it.each([
    ['bytes=0-499', 1000, { first: 0, last: 499 }],
    ['bytes=500-', 1000, { first: 500, last: 999 }],
    ['bytes=-300', 1000, { first: 700, last: 999 }],
    ['bytes=-5000', 1000, { first: 0, last: 999 }],
    ['bytes=999-999', 1000, { first: 999, last: 999 }],
    ['bytes=990-2000', 1000, { first: 990, last: 999 }],
    ['Bytes= 0-0 ', 1000, { first: 0, last: 0 }],
    ['bytes=1000-', 1000, 'unsatisfiable'],
    ['bytes=-0', 1000, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=5-4', 1000, null],
    ['bytes=-', 1000, null],
    ['bytes=', 1000, null],
    ['bytes=0-1,5-6', 1000, null],
    ['bytes=0x10-', 1000, null],
    ['bytes=-1-2', 1000, null],
    ['frames=0-1', 1000, null],
    [`bytes=${'9'.repeat(400)}-`, 1000, null],
    [undefined, 1000, null],
  ])('reads %s of %d bytes', (header, bytes, expected) => {
    expect(byteRangeFrom(header, bytes)).toEqual(expected);
  });

  it('stays inside the file whatever is asked', () => {
    const number = fc.oneof(fc.constant(''), fc.nat(2000).map(String));
    fc.assert(
      fc.property(number, number, fc.nat(1500), (from, to, bytes) => {
        const range = byteRangeFrom(`bytes=${from}-${to}`, bytes);
        // The oracle lists the bytes one by one.
        const wanted = Array.from({ length: bytes }, (_, at) => at).filter((at) =>
          from === '' ? at >= bytes - Number(to) : at >= Number(from) && (to === '' || at <= Number(to)),
        );
        const isMalformed = (from === '' && to === '') || (from !== '' && to !== '' && Number(to) < Number(from));
        const expected = wanted.length === 0 ? 'unsatisfiable' : { first: wanted[0], last: wanted.at(-1) };
        expect(range).toEqual(isMalformed ? null : expected);
      }),
    );
  });
});
