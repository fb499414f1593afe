/** What of a window vector tells what happens in it, and not how it was looked at, where in the picture or by which camera. */
import { windowLayoutEntries, windowVectorIndex, type WindowLayoutPart } from './window-layout.ts';

/**
 * Number and spacing of frames and the length of the window tell of the file, the place of persons and the shares of
 * frames in which something is seen tell of the camera: what is fitted on few sources would learn those instead of what
 * happens. So only the values of the dynamics are judged. Heads are kept by places in this list: it changes together with
 * `windowLayout`.
 */
const judgedParts = ['picture-dynamics', 'person-dynamics'] as const satisfies readonly WindowLayoutPart[];

/** The entries of the window layout that tell the dynamics, in their order. */
export const judgedEntries = windowLayoutEntries.filter(
  ({ part, knownBy }) => judgedParts.some((judged) => judged === part) && knownBy !== null,
);

/**
 * The same in two views, by index: how the picture moves and what persons do. Told on their own, a clip in which nobody is
 * seen is judged by its motion.
 */
export const judgedViews: readonly (readonly number[])[] = judgedParts.map((judged) =>
  judgedEntries.flatMap(({ part }, index) => (part === judged ? [index] : [])),
);

const places = judgedEntries.flatMap(({ name, knownBy }) =>
  knownBy === null ? [] : [{ entry: windowVectorIndex(name), knownBy: windowVectorIndex(knownBy) }],
);

/** The dynamics of a window vector, `[D]` with the entries of `judgedEntries`, in [-1, 1], NaN where not known. */
export const dynamicsOf = (vector: ArrayLike<number>): Float32Array =>
  Float32Array.from(places, ({ entry, knownBy }) => (vector[knownBy] === 0 ? Number.NaN : (vector[entry] ?? 0)));
