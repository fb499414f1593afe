/** The open set of incident classes: the ones that come with the program and the reviewer's own. */
import * as v from 'valibot';

/** The class of everything that is as it should be. It is part of every belief and never of a flag. */
export const normalClass = 'normal';
/** The class of what stands out without being any of the others. */
export const unusualClass = 'unusual';

export const incidentClassSchema = v.object({
  /** Stable for ever: flags, verdicts, trajectories and policy versions refer to it. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens')),
  /** Key of the words for it in `wording/`; null for a class of the reviewer's own, whose words are `label`. */
  labelKey: v.nullable(v.string()),
  /** The reviewer's own words; null for a class that comes with the program. */
  label: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80))),
});
export type IncidentClass = Readonly<v.InferOutput<typeof incidentClassSchema>>;

/** Ids in their fixed order: a class's place is part of the lexicon of stored trajectories, so new ones go to the end. */
export const defaultClassIds = [
  normalClass,
  unusualClass,
  'fight',
  'fall',
  'running',
  'theft',
  'loitering',
  'left-behind-object',
  'vandalism',
  'collision',
  'intrusion',
  'crowd-disturbance',
  'fire-smoke-explosion',
  'wrong-way',
] as const;
export type DefaultClassId = (typeof defaultClassIds)[number];

export const defaultClasses: readonly IncidentClass[] = defaultClassIds.map((id) => ({
  id,
  labelKey: `class.${id}`,
  label: null,
}));

/**
 * The default classes followed by the reviewer's own, in the order in which these were made. One of the reviewer's own
 * whose id is already taken is left out.
 */
export function taxonomyWith(own: readonly IncidentClass[]): readonly IncidentClass[] {
  const taken = new Set<string>(defaultClassIds);
  const added = own.filter((item) => !taken.has(item.id) && taken.add(item.id));
  return [...defaultClasses, ...added];
}

/**
 * An id for a class that the reviewer names: the label's letters and digits in lower case, numbered where it is taken.
 * A label without any letter or digit of the Latin alphabet gives `class`, `class-2` and so on.
 */
export function classIdFromLabel(label: string, taken: ReadonlySet<string>): string {
  const base =
    label
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56)
      .replace(/-+$/, '') || 'class';
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return id;
}
