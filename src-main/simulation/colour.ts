/** The colour of a surface or of light. */

/** Linear light in [0, 1] per channel: how much of red, green and blue a surface returns. */
export type Colour = readonly [red: number, green: number, blue: number];
