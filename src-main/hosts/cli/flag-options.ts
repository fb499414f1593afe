/** Options that narrow a list of flags, as `flags` takes them. */
import { type FlagOrder, flagOrders } from '../../contract/calls/review.ts';
import { AppError } from '../../contract/errors.ts';
import type { Command, CommandInput } from './command.ts';
import { daysFrom } from './local-days.ts';

export const flagOptions = {
  camera: { type: 'string', multiple: true },
  class: { type: 'string', multiple: true },
  day: { type: 'string' },
  score: { type: 'string' },
  policy: { type: 'string', multiple: true },
  tag: { type: 'string', multiple: true },
  note: { type: 'boolean' },
  search: { type: 'string' },
  like: { type: 'string' },
  order: { type: 'string' },
} as const satisfies Command['options'];

export const flagUsage =
  '[--camera NAME]… [--class C]… [--day DAY[..DAY]] [--score MIN..MAX] [--policy NAME/VERSION]… [--tag T]… [--note] ' +
  '[--search WORDS] [--like FLAG] [--order score|clock|recording]';

/** The filter that was typed. Errors: `invalid-argument`. */
export function flagFilterFrom(input: CommandInput) {
  const list = (option: keyof typeof flagOptions) => {
    const values = input.texts(option);
    return values.length === 0 ? undefined : [...values];
  };
  const [cameras, classes, versions, tags] = [list('camera'), list('class'), list('policy'), list('tag')];
  const [day, score, search, like] = [input.text('day'), input.text('score'), input.text('search'), input.text('like')];
  const order = orderFrom(input.text('order'));
  return {
    ...(cameras !== undefined && { cameras }),
    ...(classes !== undefined && { classes }),
    ...(versions !== undefined && { versions }),
    ...(tags !== undefined && { tags }),
    ...(day !== undefined && daysFrom(day)),
    ...(score !== undefined && scoresFrom(score)),
    ...(input.is('note') && { noted: true }),
    ...(search !== undefined && { text: search }),
    ...(like !== undefined && { similarTo: like }),
    ...(order !== undefined && { order }),
  };
}

function scoresFrom(text: string): { readonly minScore: number; readonly maxScore: number } {
  const [, min, max] = /^([\d.]*?)\.\.([\d.]*)$/.exec(text) ?? [];
  const [minScore, maxScore] = [min === '' ? 0 : Number(min), max === '' ? 1 : Number(max)];
  if (minScore >= 0 && maxScore <= 1 && minScore <= maxScore) return { minScore, maxScore };
  throw new AppError('invalid-argument', `--score is a range such as 0.5..0.9 or 0.8.., not '${text}'.`);
}

function orderFrom(text: string | undefined): FlagOrder | undefined {
  const order = flagOrders.find((known) => known === text);
  if (text !== undefined && order === undefined) {
    throw new AppError('invalid-argument', `--order is one of ${flagOrders.join(', ')}, not '${text}'.`);
  }
  return order;
}
