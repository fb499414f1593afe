/** Zones of a camera's picture: where to look, and what to ignore. */
import * as v from 'valibot';

/** With zones to look at, only what lies in one of them counts; what lies in one to ignore never does. */
export const zoneKinds = ['look', 'ignore'] as const;
export type ZoneKind = (typeof zoneKinds)[number];

/** More corners than a hand draws; fewer than three enclose nothing. */
export const mostCorners = 64;
export const fewestCorners = 3;

const share = v.pipe(
  v.number('A share of the picture.'),
  v.finite('A share of the picture.'),
  v.minValue(0, 'A share of the picture, from 0 to 1.'),
  v.maxValue(1, 'A share of the picture, from 0 to 1.'),
);

export const zoneSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** The reviewer's; may be empty. */
  name: v.pipe(v.string(), v.maxLength(80, 'A name of at most 80 characters.')),
  kind: v.picklist(zoneKinds, `One of ${zoneKinds.join(', ')}.`),
  /** Corners of a polygon in order, in [0, 1] of the displayed picture (x to the right, y down); it closes itself. */
  points: v.pipe(
    v.array(v.object({ x: share, y: share })),
    v.minLength(fewestCorners, `At least ${String(fewestCorners)} corners.`),
    v.maxLength(mostCorners, `At most ${String(mostCorners)} corners.`),
  ),
});
export type Zone = v.InferOutput<typeof zoneSchema>;
export type ZonePoint = Zone['points'][number];

const zoneList = v.array(
  v.object({
    ...zoneSchema.entries,
    id: v.optional(zoneSchema.entries.id),
    name: v.optional(zoneSchema.entries.name, ''),
  }),
);

export type ZonesReading =
  | { readonly ok: true; readonly zones: readonly (Omit<Zone, 'id'> & { readonly id?: string | undefined })[] }
  /** One sentence that names the place. */
  | { readonly ok: false; readonly reason: string };

/** Zones as a person writes them down: names and ids may be left out. */
export function readZones(given: unknown): ZonesReading {
  const parsed = v.safeParse(zoneList, given);
  if (parsed.success) return { ok: true, zones: parsed.output };
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  return { ok: false, reason: `${place === null ? '' : `${place}: `}${issue.message}` };
}
