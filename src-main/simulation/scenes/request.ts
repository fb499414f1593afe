/** What is asked of a scene's writer. */
import type { Scene } from '../scene.ts';

export interface SceneRequest {
  readonly hour: 'dawn' | 'day' | 'dusk' | 'night' | 'indoor';
  /** As of a scene: 0 is dry, 1 a downpour. */
  readonly rain: number;
  readonly seconds: number;
  readonly frame: Pick<Scene, 'camera' | 'startsAt' | 'seed' | 'frameRate' | 'width' | 'height'>;
}
