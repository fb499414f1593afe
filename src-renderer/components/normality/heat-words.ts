/** What is usual at a place, in the window's words. */
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../lib/format.ts';
import type { CellFacts } from '../../lib/heat-map.ts';

/** `12 %`; below one per cent with a decimal, so that what is rare is not nothing. */
export const shareWords = (share: number): string =>
  `${formatNumber(100 * share, undefined, share > 0 && share < 0.01 ? 1 : 0)} %`;

export const speedWords = (speed: number): string =>
  t('normality.map.perSecond', { speed: formatNumber(speed, undefined, 2) });

/** One sentence without its full stop. */
export function factWords({ presence, speed, heading }: CellFacts): string {
  if (presence === 0) return t('normality.map.never');
  const moves = t('normality.map.moves', { share: shareWords(presence) });
  if (speed === 0) return moves;
  const way = heading === null ? t('normality.map.toAndFro') : t(`normality.map.heading.${heading}`);
  return `${moves}, ${t('normality.map.usually', { speed: speedWords(speed) })}, ${way}`;
}
