/** The audit log: what was decided, set, forgotten and exported, in order, each row chained to the one before it. */
import * as v from 'valibot';

/** `log-began` is the first row of every log: what was there before it. */
export type AuditKind =
  | 'log-began'
  /** From here on rows were written by this version of the program. */
  | 'program'
  | 'verdict'
  | 'miss'
  | 'miss-removed'
  | 'setting'
  | 'camera'
  | 'camera-clock'
  | 'tags'
  | 'normality-reset'
  | 'export'
  | 'preference'
  | 'preference-withdrawn'
  | 'policy-version'
  | 'policy-activation';

export type ListedAuditRow = AuditRow & {
  readonly program: string | null;
  readonly flag: string | null;
  readonly recording: { readonly id: string; readonly name: string } | null;
};

const rowNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'A SHA-256 is 64 hexadecimal digits.'));

/** What a row says. Kinds and details are open: a later program's log is read as well. */
export const auditContentSchema = v.strictObject({
  /** Counted from 1. */
  number: rowNumber,
  atMs: v.number(),
  kind: v.string(),
  /** What it is about: the id of a flag, a miss or a camera, the name of a setting. */
  subject: v.string(),
  details: v.record(v.string(), v.unknown()),
});

export type AuditContentRow = v.InferOutput<typeof auditContentSchema>;

export const auditRowSchema = v.strictObject({
  ...auditContentSchema.entries,
  /** Hash of the row before; zeros for the first. */
  previous: sha256Schema,
  hash: sha256Schema,
});
export type AuditRow = v.InferOutput<typeof auditRowSchema>;

/** The last row: who keeps it elsewhere can tell later that nothing before it was changed. */
export const auditHeadSchema = v.strictObject({
  /** 0 where no row is left. */
  number: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: sha256Schema,
});
export type AuditHead = v.InferOutput<typeof auditHeadSchema>;

const auditFaultSchema = v.object({
  fault: v.picklist(['altered', 'removed', 'inserted', 'reordered', 'contradicted']),
  /** The row concerned; of a `contradicted` one, the row that the tables do not agree with. */
  number: v.number(),
  /** One sentence. */
  reason: v.string(),
});
export type AuditFault = v.InferOutput<typeof auditFaultSchema>;

export const auditStateSchema = v.object({
  head: auditHeadSchema,
  atMs: v.number(),
  /** Null where every row is as it was written and the archive says what the log says. */
  fault: v.nullable(auditFaultSchema),
});
export type AuditState = v.InferOutput<typeof auditStateSchema>;
