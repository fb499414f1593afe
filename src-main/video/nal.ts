/** Finds out whether a keyframe makes the decoder forget all that came before (IDR), from its NAL unit headers; pure. */

/** NAL unit types of IDR slices: H.264 Table 7-1, HEVC Table 7-1 (IDR_W_RADL, IDR_N_LP). */
const idrTypes = { h264: [5], hevc: [19, 20] } as const;
/** Types of any slice, at which the search can stop. */
const isSlice = {
  h264: (type: number) => type >= 1 && type <= 5,
  hevc: (type: number) => type <= 31,
} as const;
const lookedAtBytes = 16_384;

/**
 * Whether the first slice of a packet is an IDR slice. False for other codecs and where nothing is recognised.
 * @param data The packet, as start-code (Annex B) or as length-prefixed units (4-byte lengths, as in mp4 and mkv).
 */
export function isIdr(codec: string, data: Uint8Array): boolean {
  if (codec !== 'h264' && codec !== 'hevc') return false;
  const typeOf = (header: number) => (codec === 'h264' ? header & 31 : (header >> 1) & 63);
  for (const offset of unitOffsets(data)) {
    const header = data[offset];
    if (header === undefined) return false;
    const type = typeOf(header);
    if (isSlice[codec](type)) return (idrTypes[codec] as readonly number[]).includes(type);
  }
  return false;
}

function* unitOffsets(data: Uint8Array): Generator<number> {
  const end = Math.min(data.length, lookedAtBytes);
  const hasStartCode = data[0] === 0 && data[1] === 0 && (data[2] === 1 || (data[2] === 0 && data[3] === 1));
  // A length of 1 or from 256 to 511 reads as a start code too.
  if (hasStartCode && !isMadeOfLengths(data)) {
    for (let index = 0; index + 3 < end; index++) {
      if (data[index] === 0 && data[index + 1] === 0 && data[index + 2] === 1) yield index + 3;
    }
    return;
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let offset = 0; offset + 4 < end;) {
    yield offset + 4;
    offset += 4 + view.getUint32(offset);
  }
}

/** Whether lengths lead from the first byte of a packet to its very end. */
function isMadeOfLengths(data: Uint8Array): boolean {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let offset = 0;
  while (offset + 4 < data.length) offset += 4 + view.getUint32(offset);
  return offset === data.length;
}
