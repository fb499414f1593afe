/** What kind of file a clip of footage is; without the libraries of this folder, so that the core may ask. */

/** Codecs that every player expects in MP4; all others go into Matroska, which takes any. */
const mp4Codecs: ReadonlySet<string> = new Set(['h264', 'hevc', 'mpeg4', 'av1']);

/** Extension of the file that a clip of footage in `codec` (FFmpeg's name) is. */
export const clipExtension = (codec: string): '.mp4' | '.mkv' => (mp4Codecs.has(codec) ? '.mp4' : '.mkv');
