/** What is asked of a scene's writer. */
import type { Scene } from '../scene.ts';

export interface SceneRequest {
  readonly hour: 'day' | 'dusk' | 'indoor';
  readonly seconds: number;
  readonly frame: Pick<Scene, 'camera' | 'startsAt' | 'seed' | 'frameRate' | 'width' | 'height'>;
}
