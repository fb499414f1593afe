/** Scores of other systems. */
export { readScores, type ForeignScores } from './read-scores.ts';
