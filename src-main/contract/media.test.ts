import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mediaPath, pictureWidths, readMediaPath, type MediaTarget } from './media.ts';

const recording = fc.stringMatching(/^[0-9a-f]{64}$/);
const number = fc.integer({ min: 0, max: 999_999_999 });
const target: fc.Arbitrary<MediaTarget> = fc.oneof(
  fc.record({ kind: fc.constantFrom('recording', 'frame-times'), recording }),
  fc.record({ kind: fc.constantFrom('segment', 'sheet'), recording, number }),
  fc.record({ kind: fc.constant('evaluation'), evaluation: fc.constant('01234567-89ab-cdef-0123-456789abcdef') }),
  fc.record({ kind: fc.constant('export'), job: fc.constant('01234567-89ab-cdef-0123-456789abcdef') }),
  fc.record({
    kind: fc.constant('picture'),
    recording,
    milliseconds: number,
    width: fc.constantFrom(...pictureWidths),
  }),
) as fc.Arbitrary<MediaTarget>;

test('a path is read back as what it was made from', () => {
  fc.assert(
    fc.property(target, (each) => {
      expect(readMediaPath(mediaPath(each))).toEqual(each);
    }),
  );
});

const id = 'a'.repeat(64);
test.each([
  '/media/recording/../../etc/passwd',
  `/media/recording/${id}/`,
  `/media/recording/${id}?x`,
  `/media/recording/${id.toUpperCase()}`,
  `/media/segment/${id}/01`,
  `/media/segment/${id}/-1`,
  `/media/segment/${id}/1e9`,
  `/media/picture/${id}/5/321`,
  `/media/picture/${id}/5`,
  `/media/other/${id}`,
  `/media/evaluation/${id}`,
  '/media/export/../0123',
  '/media/evaluation/../../../01234567-89ab-cdef-0123-456789abcdef',
  `//media/recording/${id}`,
  '',
])('%s names nothing', (path) => expect(readMediaPath(path)).toBeNull());
