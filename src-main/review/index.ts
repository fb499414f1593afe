/** Review: what leaves the program as evidence and how it is checked, and which flags look alike. */
export { flagVector, flagVectorLayout, flagVectorLength } from './likeness/flag-vector.ts';
export {
  type Commonness,
  commonnessOf,
  entrySums,
  type EntrySums,
  likenesses,
  type VectorTable,
} from './likeness/likeness.ts';
export { createMostAlike } from './likeness/most-alike.ts';
export { auditExcerpt } from './package/audit-excerpt.ts';
export { jsonContent, makePackage, plainZip, textContent } from './package/make-package.ts';
export { auditName } from './package/package-names.ts';
export { publicKeyFrom, readPublicKey, signingKey, type SigningKey } from './package/signing.ts';
export { verifyPackage } from './package/verify-package.ts';
export type { Content } from './package/write-zip.ts';
export { csvText } from './lists/csv.ts';
export {
  baseName,
  classTitle,
  type ExportedFlag,
  flagRecord,
  heldBounds,
  heldClass,
  localTime,
  reasonText,
  timesOf,
  type Zone,
} from './lists/exported-flag.ts';
export { flagsJson } from './lists/json.ts';
export { webVttText } from './lists/webvtt.ts';
export { drawOverlay } from './viewing/draw-overlay.ts';
export { headRegions } from './viewing/heads.ts';
export { hide } from './viewing/hide.ts';
export { sidecarJson } from './viewing/sidecar.ts';
