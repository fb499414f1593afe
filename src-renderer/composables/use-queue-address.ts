/** Keeps the review's address and the queue alike: the flag in the path, the filter in the query. */
import { watchDebounced } from '@vueuse/core';
import { onScopeDispose, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useQueue } from '../stores/queue.ts';
import { choiceOf, queryOf } from '../stores/queue-filter.ts';

/** Whoever runs through the list is followed when they rest: each change costs a frame, and browsers allow only so many. */
const restMs = 200;

export function useQueueAddress(): void {
  const route = useRoute();
  const router = useRouter();
  const queue = useQueue();

  /** Where the window is going: a view that is still being loaded is not the route's yet. */
  let destination = route.name;
  const stopGoing = router.beforeEach((to) => void (destination = to.name));
  const stopArriving = router.afterEach(() => (destination = router.currentRoute.value.name));
  onScopeDispose(() => {
    stopGoing();
    stopArriving();
  });

  const flagOfRoute = (): string | null =>
    typeof route.params['flag'] === 'string' ? route.params['flag'] || null : null;

  // Whoever comes by a link to some flags is shown these; without a word about it the filter of the session holds.
  watch(
    () => (route.name === 'review' ? JSON.stringify(route.query) : null),
    (query) => {
      if (query === null) return;
      const choice = choiceOf(route.query);
      if (choice === null || JSON.stringify(queryOf(choice)) === JSON.stringify(queryOf(queue))) return;
      queue.filter = choice.filter;
      queue.order = choice.order;
    },
    { immediate: true },
  );
  watch(
    flagOfRoute,
    (id) => {
      if (route.name === 'review' && id !== null && id !== queue.selectedId) queue.select(id);
    },
    { immediate: true },
  );
  watchDebounced(
    [() => queue.selectedId, () => queue.filter, () => queue.order],
    ([id]) => {
      // Another view is on its way: its address is not to be overwritten.
      if (destination !== 'review') return;
      void router.replace({
        name: 'review',
        params: id === null ? {} : { flag: id },
        query: queryOf(queue),
      });
    },
    { immediate: true, debounce: restMs },
  );
}
