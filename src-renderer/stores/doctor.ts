/** The last examination of this machine; it stays while one looks elsewhere. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { DoctorCheck } from '../../src-main/contract/doctor.ts';
import { errorWords } from '../i18n/error-words.ts';
import { useConnection } from './connection.ts';

export interface Examined {
  readonly atMs: number;
  readonly checks: readonly DoctorCheck[];
}

export const useDoctor = defineStore('doctor', () => {
  const { client } = useConnection();
  const report = shallowRef<Examined | null>(null);
  const error = shallowRef<string | null>(null);
  const isRunning = shallowRef(false);

  async function run(): Promise<void> {
    if (isRunning.value) return;
    isRunning.value = true;
    error.value = null;
    try {
      const { checks } = await client.doctor.run();
      report.value = { atMs: Date.now(), checks };
    } catch (thrown) {
      error.value = errorWords(thrown);
    } finally {
      isRunning.value = false;
    }
  }

  return { report, error, isRunning, run };
});
