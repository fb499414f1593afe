/** All tasks by name, with what each takes and gives. */
import type { AssessingTasks } from './assessing.ts';
import type { LearningTasks } from './learning.ts';
import type { LookingTasks } from './looking.ts';
import type { MachineTasks } from './machine.ts';
import type { MediaTasks } from './media.ts';

/** Every task that a worker can do. Recordings and blobs are named by content id; the envelope resolves them. */
interface Tasks extends AssessingTasks, LearningTasks, LookingTasks, MachineTasks, MediaTasks {}

export type TaskName = keyof Tasks;
export type TaskParams<K extends TaskName> = Tasks[K]['params'];
export type TaskResult<K extends TaskName> = Tasks[K]['result'];
