/** The loss of log-odds. */

/** Cross-entropy of a probability `target`, [0, 1], with log-odds `logit`, nats; exact for large ones of either sign. */
export const logLoss = (logit: number, target: number): number =>
  Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - target * logit;
