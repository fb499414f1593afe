/** Scores as JSON, in the forms that LAVAD, VERA and their like write, and as CSV. */
import { readCsv } from '../labels/csv.ts';
import { jsonOf, labelError, wholeNumber, type Place } from '../labels/label-error.ts';
import { inOrder, type SampledScores } from './sampled-scores.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether `value` is of one recording: a list of scores, or scores by frame. */
const isOfOne = (value: unknown): boolean =>
  Array.isArray(value) || (isObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key)));

/**
 * Scores by recording: `{ "video": scores, … }`, or `scores` alone for the recording `alone` (the name of a file that LAVAD
 * and VERA write for each video), where `scores` is `[0.1, …]`, `{ "0": 0.1, "16": 0.3 }` or
 * `{ "0": { "score": 0.1, "end": 16 } }`. Refined scores go in as they are; VERA multiplies its own by a Gaussian around the
 * middle of each video, a prior on position that its file must not contain if the table is to be fair.
 * Errors: AppError `invalid-argument` that names file and reason.
 */
export function readScoreJson(text: string, file: string, alone: string): Map<string, SampledScores> {
  const place = { file, line: null };
  const value = jsonOf(text, file);
  if (isOfOne(value)) return new Map([[alone, scoresOf(value, alone, place)]]);
  if (!isObject(value)) throw labelError(place, 'an object by video, or a list of scores, is needed.');
  return new Map(Object.entries(value).map(([name, scores]) => [name, scoresOf(scores, name, place)]));
}

function scoresOf(value: unknown, name: string, place: Place): SampledScores {
  const number = (score: unknown, which: string): number => {
    const own = isObject(score) ? score['score'] : score;
    if (typeof own === 'number' && Number.isFinite(own)) return own;
    throw labelError(
      place,
      `${name}: the score of ${which} is ${JSON.stringify(own) ?? 'missing'}, not a finite number.`,
    );
  };
  if (Array.isArray(value)) {
    const scores = value.map((score: unknown, index) => number(score, `position ${index}`));
    return { frames: null, scores, place };
  }
  if (!isObject(value)) throw labelError(place, `${name} has neither a list of scores nor scores by frame.`);
  const pairs = Object.entries(value).map(([frame, score]): [number, number] => [
    wholeNumber(frame, `a frame of ${name}`, place),
    number(score, `frame ${frame}`),
  ]);
  return inOrder(pairs, place);
}

/** A header `video,frame,score` and a row for each scored frame, counted from 0. Errors: as above, by line. */
export function readScoreCsv(text: string, file: string): Map<string, SampledScores> {
  const rows = readCsv(text, file, ['video', 'frame', 'score']).map(({ cells, place }) => {
    const score = cells.get('score') ?? '';
    if (score === '' || !Number.isFinite(Number(score))) throw labelError(place, `the score is “${score}”, no number.`);
    const frame = wholeNumber(cells.get('frame'), 'the frame', place);
    if (frame < 0) throw labelError(place, `the frame is ${frame}; frames count from 0.`);
    return { name: cells.get('video') ?? '', frame, score: Number(score), place };
  });
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, own]) => [
      name,
      inOrder(
        own.map(({ frame, score }) => [frame, score]),
        own[0]?.place ?? { file, line: null },
      ),
    ]),
  );
}
