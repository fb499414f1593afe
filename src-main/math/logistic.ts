/** Probabilities and their log-odds. */

/** The logistic function. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
export const logitOf = (probability: number): number => Math.log(probability / (1 - probability));

/** `ln(1 + e^x)`; exact for large values of either sign. */
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Cross-entropy of a probability `target`, [0, 1], with log-odds `logit`, nats. */
export const logLoss = (logit: number, target: number): number => softplus(logit) - target * logit;
