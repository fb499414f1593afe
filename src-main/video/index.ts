/** Reading and writing video. Used inside worker processes only: a hostile file may end the process that opens it. */
export { codecSupport, ffmpegConfiguration, type CodecSupport } from './codecs.ts';
export { clipExtension } from './clip-extension.ts';
export { type ClipFacts, cutClip } from './cut-clip.ts';
export { encodeVideo, type EncodeFrame, type EncodeOptions } from './encode.ts';
export { openFootage, type Footage } from './footage.ts';
export { openVideo } from './reader.ts';
export { type NotJoined, smartCut } from './smart-cut.ts';
export { thumbnail } from './thumbnail.ts';
export type { FrameImage, FrameSize, PacketIndex, VideoInfo, VideoReader } from './types.ts';
export { viewingCopy } from './viewing-copy.ts';
