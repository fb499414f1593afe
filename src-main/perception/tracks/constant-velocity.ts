/** A Kalman filter for one coordinate of something that keeps its velocity but for random accelerations. */

/** What is believed of the coordinate: its value, its velocity, and how sure either is. */
export interface Motion {
  readonly at: number;
  readonly velocity: number;
  /** Variance of `at`, of `velocity`, and what they share. */
  readonly variance: number;
  readonly velocityVariance: number;
  readonly covariance: number;
}

/** First seen at `at`, measured with standard deviation `noise`, with a velocity of which only the usual size is known. */
export function startAt(at: number, noise: number, usualVelocity: number): Motion {
  return { at, velocity: 0, variance: noise ** 2, velocityVariance: usualVelocity ** 2, covariance: 0 };
}

/**
 * What is to be expected `seconds` (≥ 0) later. `agility` is the accelerations' intensity: over one second they
 * change the velocity by that standard deviation.
 * Source: Bar-Shalom, Li & Kirubarajan 2001, §6.2.2 (continuous white noise acceleration), which suits any spacing.
 */
export function predict(motion: Motion, seconds: number, agility: number): Motion {
  const { at, velocity, variance, velocityVariance, covariance } = motion;
  const intensity = agility ** 2;
  return {
    at: at + velocity * seconds,
    velocity,
    variance: variance + 2 * seconds * covariance + seconds ** 2 * velocityVariance + (intensity * seconds ** 3) / 3,
    velocityVariance: velocityVariance + intensity * seconds,
    covariance: covariance + seconds * velocityVariance + (intensity * seconds ** 2) / 2,
  };
}

/** What is believed after it was measured at `measured` with standard deviation `noise` (> 0). */
export function update(motion: Motion, measured: number, noise: number): Motion {
  const { at, velocity, variance, velocityVariance, covariance } = motion;
  const total = variance + noise ** 2;
  const [gain, velocityGain] = [variance / total, covariance / total];
  const surprise = measured - at;
  return {
    at: at + gain * surprise,
    velocity: velocity + velocityGain * surprise,
    variance: (1 - gain) * variance,
    velocityVariance: velocityVariance - velocityGain * covariance,
    covariance: (1 - gain) * covariance,
  };
}
