/** Taking evidence out: the forms it takes, what an evidence package says of itself, and what checking one found. */
import * as v from 'valibot';
import { auditContentSchema, auditHeadSchema, sha256Schema } from './audit.ts';

export const exportFormats = ['package', 'clip', 'csv', 'json', 'webvtt', 'cvat', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

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
