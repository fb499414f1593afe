/** Reads a recording through once, for how it is played and when its frames are shown. */
import { endianness } from 'node:os';
import type { TaskFunction } from '../task.ts';

export const planPlayback: TaskFunction<'plan-playback'> = async ({ recording }, context) => {
  const { resources, signal, progress } = context;
  const footage = await resources.footage(recording, context.recordingPath(recording), signal);
  const { plan, times, packets } = await footage.index({ signal, onProgress: progress });
  return {
    plan: await context.putBlob(new TextEncoder().encode(JSON.stringify(plan))),
    times: await context.putBlob(littleEndian(times)),
    packets: await context.putBlob(packets),
  };
};

function littleEndian(times: Float64Array): Uint8Array {
  const bytes = Buffer.from(times.slice().buffer);
  return endianness() === 'LE' ? bytes : bytes.swap64();
}
