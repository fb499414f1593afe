/** Shows one frame of evidence: the player stops there, for it is to be looked at. */
import { usePlayer } from '../../stores/player.ts';

export function goToFrame(time: number): void {
  const player = usePlayer();
  player.pause();
  player.seek(time);
}
