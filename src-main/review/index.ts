/** Review: what leaves the program as evidence, and how it is checked. */
export { auditExcerpt } from './package/audit-excerpt.ts';
export { jsonContent, makePackage, textContent } from './package/make-package.ts';
export { auditName } from './package/package-names.ts';
export { readPublicKey, signingKey, type SigningKey } from './package/signing.ts';
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
  timesOf,
  type Zone,
} from './lists/exported-flag.ts';
export { flagsJson } from './lists/json.ts';
export { webVttText } from './lists/webvtt.ts';
