/** Taking evidence out: the forms it takes, what an evidence package says of itself, and what checking one found. */
import * as v from 'valibot';
import { auditContentSchema, auditHeadSchema, sha256Schema } from './audit.ts';

export const exportFormats = [
  'package',
  'clip',
  /** A copy encoded for looking at, with what was seen drawn in and what must not be seen made unrecognisable. */
  'viewing',
  'csv',
  'json',
  'webvtt',
  'cvat',
  'html',
  'pdf',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * Where a clip begins: at the keyframe before; there too, but shown from the start itself on; or at the very frame, with as
 * little encoded anew as can be.
 */
export const clipCuts = ['keyframe', 'exact', 'smart'] as const;
export type ClipCut = (typeof clipCuts)[number];

/** What can be drawn into a viewing copy. */
export const drawnParts = ['boxes', 'poses', 'tracks', 'time', 'caption'] as const;
export type DrawnPart = (typeof drawnParts)[number];

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const spanEntries = {
  start: v.pipe(v.number(), v.finite(), v.minValue(0)),
  end: v.pipe(v.number(), v.finite(), v.minValue(0)),
};

/** A part of the picture that is not to be recognised from `start` to `end`, in seconds of the recording. */
const hiddenRegionSchema = v.strictObject({
  /** For the recordings of other flags it does not hold. */
  recording: v.string(),
  ...spanEntries,
  /** In [0, 1] of the displayed picture. */
  box: v.strictObject({ x: share, y: share, width: share, height: share }),
});
export type HiddenRegion = v.InferOutput<typeof hiddenRegionSchema>;

/** How viewing copies are made; the recorded pictures are never changed. */
export const viewingStyleSchema = v.strictObject({
  /** Burnt in. */
  draw: v.optional(v.array(v.picklist(drawnParts)), []),
  /** What was seen as JSON and the times as WebVTT, in files beside the copy. */
  beside: v.optional(v.boolean(), false),
  /** Every head that is seen is made unrecognisable. */
  heads: v.optional(v.boolean(), false),
  regions: v.optional(v.pipe(v.array(hiddenRegionSchema), v.maxLength(200)), []),
});
export type ViewingStyle = v.InferOutput<typeof viewingStyleSchema>;

/** A part of a recording that no flag stands for. */
export const stretchSchema = v.strictObject({ recording: v.pipe(v.string(), v.minLength(1)), ...spanEntries });
export type Stretch = v.InferOutput<typeof stretchSchema>;

/** What an export would make. */
export const exportEstimateSchema = v.object({
  /** Roughly. */
  bytes: v.number(),
  /** A fitting name for the file, or for the folder where several are made. */
  name: v.string(),
  isFolder: v.boolean(),
  /** Recordings that cannot be read as they were imported, each with the reason in one sentence. */
  missing: v.array(v.object({ recording: v.string(), name: v.string(), reason: v.string() })),
  /** Why this form cannot be made here at all; null where it can. */
  unable: v.nullable(v.string()),
});
export type ExportEstimate = v.InferOutput<typeof exportEstimateSchema>;

/** An export that was begun, and what became of it. */
export const exportRowSchema = v.object({
  job: v.string(),
  format: v.picklist(exportFormats),
  flags: v.number(),
  startedAtMs: v.number(),
  /** Of the file or folder. */
  name: v.string(),
  /** Absolute. */
  path: v.string(),
  isFolder: v.boolean(),
  /** Kept by the program for a while, to be fetched by its address. */
  isDownload: v.boolean(),
  /** Null where it is not there: not made yet, moved, removed. */
  bytes: v.nullable(v.number()),
  /** What was done otherwise than asked for, each in one sentence. */
  notes: v.array(v.string()),
});
export type ExportRow = v.InferOutput<typeof exportRowSchema>;

export const manifestFormat = 'anom-pi evidence 1';

/** What a package holds besides itself and its signature, in the order of the archive. */
export const manifestSchema = v.strictObject({
  format: v.literal(manifestFormat),
  /** Name and version of the program that made it. */
  program: v.string(),
  madeAtMs: v.number(),
  flags: v.array(v.string()),
  /** The newest row of the audit log when it was made. */
  auditHead: auditHeadSchema,
  /** Of the key that signs it. */
  signer: v.string(),
  entries: v.array(
    v.strictObject({
      name: v.string(),
      bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      sha256: sha256Schema,
    }),
  ),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Base64.'));

export const signatureSchema = v.strictObject({
  algorithm: v.literal('Ed25519'),
  /** The 32 bytes of the public key. */
  publicKey: base64,
  /** Over the bytes of the manifest. */
  signature: base64,
});
export type PackageSignature = v.InferOutput<typeof signatureSchema>;

/**
 * The audit log in a package: of every row its digest, so that the chain can be followed to its head, and in full the rows
 * about the package's flags.
 */
export const auditExcerptSchema = v.strictObject({
  format: v.literal('anom-pi audit 1'),
  head: auditHeadSchema,
  digests: v.array(sha256Schema),
  rows: v.array(auditContentSchema),
});
export type AuditExcerpt = v.InferOutput<typeof auditExcerptSchema>;

const packageFaultSchema = v.object({
  fault: v.picklist([
    'no-package',
    'cut-off',
    'header-altered',
    'content-altered',
    'directory-altered',
    'file-added',
    'file-removed',
    'file-renamed',
    'files-reordered',
    'manifest-altered',
    'signature-altered',
    'audit-altered',
    'other-signer',
  ]),
  /** The file of the package that is concerned. */
  entry: v.nullable(v.string()),
  /** One sentence. */
  reason: v.string(),
});
export type PackageFault = v.InferOutput<typeof packageFaultSchema>;

export const verificationSchema = v.object({
  /** Unaltered since it was signed; and by the holder of the key, where one was given. */
  holds: v.boolean(),
  faults: v.array(packageFaultSchema),
  /** Fingerprint of the key that it was signed with; null where that cannot be told. */
  signer: v.nullable(v.string()),
  /** Whether the signer was compared with a key that was given. */
  signerVerified: v.boolean(),
  madeAtMs: v.nullable(v.number()),
  flags: v.array(v.string()),
  /** The newest row of the signer's audit log at that time. */
  auditHead: v.nullable(auditHeadSchema),
  files: v.number(),
});
export type Verification = v.InferOutput<typeof verificationSchema>;
