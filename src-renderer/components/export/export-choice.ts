/** What is chosen in the export dialog, and what that asks of the core; pure. */
import type { ClipCut, DrawnPart, ExportFormat, HiddenRegion } from '../../../src-main/contract/evidence.ts';
import type { ExportSource, ExportWish } from '../../stores/export.ts';

export interface ExportChoice {
  readonly format: ExportFormat;
  readonly cut: ClipCut;
  readonly whole: boolean;
  readonly draw: readonly DrawnPart[];
  readonly beside: boolean;
  readonly heads: boolean;
  readonly regions: readonly HiddenRegion[];
}

/** The usual: a package as it holds everywhere; in a viewing copy what explains the flag. */
export const usualChoice: ExportChoice = {
  ...{ format: 'package', cut: 'keyframe', whole: false },
  draw: ['boxes', 'time', 'caption'],
  ...{ beside: false, heads: false, regions: [] },
};

/** The forms that there are for `source`, the most used first. */
export function formatsFor(source: ExportSource): readonly ExportFormat[] {
  return source.kind === 'stretch'
    ? ['clip', 'viewing']
    : ['package', 'clip', 'viewing', 'html', 'pdf', 'csv', 'json', 'webvtt', 'cvat'];
}

/** In a package nothing is encoded that stands for the recording. */
export const cutsFor = (format: ExportFormat): readonly ClipCut[] =>
  format === 'package' ? ['keyframe', 'exact'] : ['keyframe', 'exact', 'smart'];

export const hasClip = (format: ExportFormat): boolean => format === 'clip' || format === 'package';
export const hasViewingCopy = (format: ExportFormat): boolean => format === 'viewing' || format === 'package';

/** `inPackage` is what was switched on for the copy in a package: there nothing is drawn unless somebody wants it. */
export function wishFor(source: ExportSource, choice: ExportChoice): Omit<ExportWish, 'out'> {
  const { format, cut, whole, draw, beside, heads, regions } = choice;
  const isViewed = hasViewingCopy(format);
  return {
    ...(source.kind === 'flags' ? { flags: [...source.flags] } : { stretch: source.stretch }),
    ...{ format, cut: cutsFor(format).includes(cut) ? cut : 'exact', whole: whole && format === 'package' },
    ...(isViewed && { viewing: { draw: [...draw], beside, heads, regions: [...regions] } }),
  };
}

/** `name` in the folder `folder`, with that folder's separator. */
export const pathIn = (folder: string, name: string): string =>
  /[/\\]$/.test(folder) ? `${folder}${name}` : `${folder}${/^[A-Za-z]:|^\\\\/.test(folder) ? '\\' : '/'}${name}`;
