/** The keys of the player, as editing programs have them. */
import type { Shortcut } from '../../composables/use-shortcuts.ts';
import { t } from '../../i18n/index.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePlayer } from '../../stores/player.ts';

/** Seconds of the arrow keys, without and with Shift. */
const [longMove, shortMove] = [5, 1] as const;

export function playerShortcuts(toggleFullscreen: () => void, toggleMute: () => void): readonly Shortcut[] {
  const player = usePlayer();
  const overlay = useOverlay();
  const group = t('player.shortcuts');
  const when = () => player.recording !== null;
  const move = (keys: string, seconds: number) => ({
    keys,
    label: t(seconds < 0 ? 'player.secondsBack' : 'player.secondsForward', { count: Math.abs(seconds) }),
    group,
    when,
    run: () => player.seek(player.time + seconds),
  });
  const key = (keys: string, label: string, run: () => void) => ({ keys, label, group, when, run });
  return [
    key('Space', `${t('player.play')} / ${t('player.pause')}`, () => player.toggle()),
    key(',', t('player.frameBack'), () => player.step(-1)),
    key('.', t('player.frameForward'), () => player.step(1)),
    move('←', -longMove),
    move('→', longMove),
    move('Shift+←', -shortMove),
    move('Shift+→', shortMove),
    key('J', t('player.backward'), () => player.shuttle(-1)),
    key('K', t('player.stop'), () => player.halt()),
    key('L', t('player.forward'), () => player.shuttle(1)),
    key('[', t('player.slower'), () => player.changeRate(-1)),
    key(']', t('player.faster'), () => player.changeRate(1)),
    key('O', t('player.loop'), () => player.toggleLoop()),
    key('Home', t(player.interval === null ? 'player.toStart' : 'player.toFlagStart'), () => player.toStart()),
    key('End', t(player.interval === null ? 'player.toEnd' : 'player.toFlagEnd'), () => player.toEnd()),
    key('B', t('player.overlay.toggle'), () => overlay.toggle()),
    key('V', t('player.mute'), toggleMute),
    key('F', t('player.fullscreen'), toggleFullscreen),
  ];
}
