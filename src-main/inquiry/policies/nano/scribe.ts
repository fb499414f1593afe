/** Writes down an episode as the nano net reads it: looks, turns and what was said, with what could have been said. */
import type { PolicyView } from '../../policy.ts';
import { rows, rowOfToken, type NanoWords } from './nano-config.ts';
import { contextPositions, lookPositions, suspicionPositions, type Position } from './sequence.ts';
import { turnToken } from './soft-tokens.ts';
import type { Sayable } from './nano-mask.ts';

/** One token that was not forced. */
export interface Choice {
  /** The position from whose hidden state it was chosen. */
  readonly at: number;
  /** Embedding rows: the one that was chosen, among those allowed. */
  readonly chosen: number;
  readonly allowed: readonly number[];
  /** Number of the turn and token id of its operator. */
  readonly turn: number;
  readonly operator: number;
}

/** An episode as the net reads it. */
export interface Transcript {
  readonly positions: readonly Position[];
  readonly choices: readonly Choice[];
  /** Token ids of the actions, one list a turn. */
  readonly actions: readonly (readonly number[])[];
}

/** Pointers have names for so many looks; later ones share the last. */
const mostLooks = 256;

/**
 * Times are put on an axis that starts at the first focus, so that positions keep theirs when the focus moves: what the
 * net makes of them depends on differences alone.
 */
export class Scribe implements Transcript {
  readonly positions: Position[] = [];
  readonly choices: Choice[] = [];
  readonly actions: number[][] = [];
  readonly #words: NanoWords;
  #group = 0;
  #looks = 0;
  #focusStart = 0;
  /** Something that stays where it is: where on the axis it lies tells where the focus went. */
  #landmark: { readonly of: 'look' | 'activity'; readonly time: number } | null = null;

  constructor(words: NanoWords) {
    this.#words = words;
  }

  /** Begins a turn: what was seen since the last one, what stands out of it all, and how the episode stands. */
  begin(view: PolicyView): void {
    this.#follow(view);
    const time = (offset: number) => this.#focusStart + offset;
    if (this.positions.length === 0) {
      this.positions.push(...contextPositions(view, this.#words, time, this.#group++));
    }
    for (; this.#looks < view.looks.length; this.#looks++) {
      const look = view.looks[this.#looks];
      if (look === undefined) continue;
      const number = Math.min(this.#looks, mostLooks - 1);
      this.positions.push(...lookPositions(look, number, time, this.#group++));
    }
    const group = this.#group++;
    this.positions.push(...suspicionPositions(view, time, group), {
      rows: [rows.turn],
      soft: turnToken(view),
      time: time(0),
      group,
    });
    this.actions.push([]);
  }

  /**
   * Writes down the next token of the turn's action. Throws RangeError where it is not among `allowed`.
   * @returns whether there was a choice
   */
  say(id: number, allowed: readonly Sayable[], view: PolicyView): boolean {
    const row = rowOfToken(id, view.lexicon, this.#words);
    if (row === null || !allowed.some((each) => each.row === row)) {
      throw new RangeError(`Token ${id} is not among the ${allowed.length} that the nano policy may say there.`);
    }
    const action = this.actions.at(-1) ?? [];
    const isChoice = allowed.length > 1;
    if (isChoice) {
      this.choices.push({
        at: this.positions.length - 1,
        chosen: row,
        allowed: allowed.map((each) => each.row),
        turn: this.actions.length - 1,
        operator: action[0] ?? id,
      });
    }
    action.push(id);
    this.positions.push({ rows: [row], soft: null, time: this.#focusStart, group: this.#group++ });
    return isChoice;
  }

  #follow(view: PolicyView): void {
    const [look, activity] = [view.looks[0]?.frames[0]?.offset, view.activity[0]?.offset];
    if (this.#landmark === null) {
      if (look !== undefined) this.#landmark = { of: 'look', time: this.#focusStart + look };
      else if (activity !== undefined) this.#landmark = { of: 'activity', time: this.#focusStart + activity };
      return;
    }
    const now = this.#landmark.of === 'look' ? look : activity;
    if (now !== undefined) this.#focusStart = this.#landmark.time - now;
  }
}
