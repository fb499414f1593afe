/** Putting a policy version in force and going back, each with a notice that offers the way back. */
import { ref } from 'vue';
import { t } from '../../i18n/index.ts';
import { useNotices } from '../../stores/notices.ts';
import { usePolicies } from '../../stores/policies.ts';

export function useActivation() {
  const policies = usePolicies();
  const notices = useNotices();
  const isBusy = ref(false);

  async function whileBusy(act: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await act();
    } catch (error) {
      notices.showError(error);
    } finally {
      isBusy.value = false;
    }
  }

  const rollBack = () =>
    whileBusy(async () => {
      const { name } = await policies.rollBack();
      notices.show({ tone: 'good', text: t('training.version.rolledBack', { name }) });
    });

  /** `anyway`: also a version that its gate refused. */
  const activate = (version: string, anyway = false) =>
    whileBusy(async () => {
      const { name } = await policies.activate(version, anyway);
      notices.show({
        ...{ tone: 'good', text: t('training.version.activated', { name }) },
        ...(policies.before !== null && {
          ...{ actionLabel: t('training.version.undo'), action: () => void rollBack() },
        }),
      });
    });

  return { isBusy, activate, rollBack };
}
