/** What the keys of the player do, as editing programs have it. */
import type { Shortcut } from '../../composables/use-shortcuts.ts';
import { t } from '../../i18n/index.ts';
import { seekSeconds, type ShortcutId } from '../../composables/shortcut-catalogue.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePlayer } from '../../stores/player.ts';

export interface PlayerActions {
  readonly toggleFullscreen: () => void;
  readonly toggleMute: () => void;
  /** Shows what other cameras saw at this moment. */
  readonly toMoment: () => void;
}

export function playerShortcuts({ toggleFullscreen, toggleMute, toMoment }: PlayerActions): readonly Shortcut[] {
  const player = usePlayer();
  const overlay = useOverlay();
  const when = () => player.recording !== null;
  const key = (id: ShortcutId, run: () => void, label?: string): Shortcut => ({ id, run, when, label });
  const move = (id: ShortcutId, seconds: number) => key(id, () => player.seek(player.time + seconds));
  const ofFlag = player.interval !== null;
  return [
    key('play', () => player.toggle()),
    key('frameBack', () => player.step(-1)),
    key('frameOn', () => player.step(1)),
    move('secondsBack', -seekSeconds.long),
    move('secondsOn', seekSeconds.long),
    move('secondBack', -seekSeconds.short),
    move('secondOn', seekSeconds.short),
    key('backward', () => player.shuttle(-1)),
    key('stop', () => player.halt()),
    key('forward', () => player.shuttle(1)),
    key('slower', () => player.changeRate(-1)),
    key('faster', () => player.changeRate(1)),
    key('loop', () => player.toggleLoop()),
    key('toStart', () => player.toStart(), t(ofFlag ? 'player.toFlagStart' : 'player.toStart')),
    key('toEnd', () => player.toEnd(), t(ofFlag ? 'player.toFlagEnd' : 'player.toEnd')),
    key('overlay', () => overlay.toggle()),
    key('mute', toggleMute),
    key('fullscreen', toggleFullscreen),
    { id: 'moment', run: toMoment, when: () => player.recording?.clock.utcMs != null },
  ];
}
