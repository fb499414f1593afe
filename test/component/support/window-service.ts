/** A core for component tests: the whole contract, empty unless a test fills it, over the real client and connection. */
import { createPinia, type Pinia, setActivePinia } from 'pinia';
import { type Component, h } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { type ComponentRenderOptions, render, type RenderResult } from 'vitest-browser-vue';
import { defaultCameraSettings } from '../../../src-main/contract/camera.ts';
import { type Calls, contract, type EventName, type EventValue } from '../../../src-main/contract/calls.ts';
import { AppError } from '../../../src-main/contract/errors.ts';
import { createEventHub } from '../../../src-main/contract/event-hub.ts';
import type { Job } from '../../../src-main/contract/job.ts';
import type { Service } from '../../../src-main/contract/service.ts';
import type { Channel } from '../../../src-main/contract/wire.ts';
import { createMemoryChannels } from '../../../src-main/transport/memory.ts';
import { serve } from '../../../src-main/transport/serve.ts';
import { i18n } from '../../../src-renderer/i18n/index.ts';
import { routes } from '../../../src-renderer/router.ts';
import { openChannelKey } from '../../../src-renderer/stores/connection.ts';

/** What a test answers itself, call by call. */
export type CallOverrides = { readonly [S in keyof Calls]?: Partial<Service[S]> };

export const testInfo = {
  version: '1.2.3',
  pid: 1,
  startedAtMs: 0,
  dataFolder: '/data',
  recordings: 0,
  unreadable: 0,
  flags: 0,
  models: 'both',
} as const;

export const testJob = (changes: Partial<Job> = {}): Job => ({
  id: 'job',
  kind: 'scan',
  state: 'running',
  folders: [],
  progress: { done: 0, total: 0, unit: 'seconds', rate: null, secondsLeft: null, label: '', failed: 0 },
  startedAtMs: 0,
  endedAtMs: null,
  reason: null,
  ...changes,
});

/** Answers of a core that has just been set up. A call that is neither here nor overridden fails, naming itself. */
function emptyAnswers(): CallOverrides {
  let settings: Record<string, string | number | boolean> = {};
  return {
    core: { info: async () => testInfo },
    archive: {
      overview: async () => ({ cameras: [], unreadable: 0 }),
      recordings: async () => ({ items: [], next: null }),
      unreadable: async () => ({ items: [], next: null }),
    },
    recordings: { find: async () => ({ ids: [] }), rows: async () => ({ items: [] }) },
    playback: { groundTruth: async () => ({ truth: null }) },
    cameras: {
      settings: async () => ({ settings: defaultCameraSettings }),
      footage: async () => ({ footage: [] }),
      moment: async () => ({ cameras: [] }),
    },
    verdicts: { words: async () => ({ classes: [], tags: [], reasons: [] }) },
    folders: {
      list: async () => ({ path: null, parent: null, entries: [], truncated: false }),
      watched: async () => ({ items: [] }),
    },
    jobs: { list: async () => ({ items: [] }) },
    flags: {
      head: async () => ({ ids: [] }),
      find: async () => ({ ids: [], states: { open: 0, confirm: 0, reject: 0, unsure: 0 } }),
      rows: async () => ({ items: [] }),
      list: async () => ({ items: [], next: null }),
      versions: async () => ({ items: [] }),
    },
    savedFilters: { list: async () => ({ items: [] }) },
    misses: { list: async () => ({ items: [], next: null }) },
    settings: {
      get: async () => ({ settings }),
      set: async ({ settings: changes }) => {
        const kept = Object.entries({ ...settings, ...changes }).filter(([, value]) => value !== null);
        settings = Object.fromEntries(kept) as typeof settings;
        return { settings };
      },
    },
  };
}

export interface WindowCore {
  /** Opens a connection, as `openChannel` of the window does. */
  readonly openChannel: () => Promise<Channel>;
  emit<E extends EventName>(event: E, value: EventValue<E>): void;
  /** Names and params of the calls so far, in order. */
  readonly calls: readonly { readonly name: string; readonly params: unknown }[];
  /** Ends all connections; new ones are refused until `start`. */
  stop(error?: AppError): void;
  start(): void;
}

function createWindowCore(overrides: CallOverrides = {}): WindowCore {
  const hub = createEventHub();
  const calls: { name: string; params: unknown }[] = [];
  const open = new Set<Channel>();
  let stopped: AppError | null = null;
  const empty = emptyAnswers();

  type Answer = (params: unknown, context: unknown) => Promise<unknown>;
  const answersOf = (from: CallOverrides, name: string) =>
    (from as Readonly<Record<string, Readonly<Record<string, Answer>> | undefined>>)[name];
  const services = Object.fromEntries(
    Object.entries(contract.calls).map(([service, members]) => [
      service,
      Object.fromEntries(
        Object.keys(members).map((member): [string, Answer] => [
          member,
          async (params, context) => {
            const name = `${service}.${member}`;
            calls.push({ name, params });
            const answer = answersOf(overrides, service)?.[member] ?? answersOf(empty, service)?.[member];
            if (answer === undefined) throw new AppError('internal', `This test has no answer for ${name}.`);
            return answer(params, context);
          },
        ]),
      ),
    ]),
  );
  // Made from the contract's own names.
  const service = { ...services, on: hub.on } as unknown as Service;

  return {
    calls,
    emit: (event, value) => hub.emit(event, value),
    async openChannel() {
      if (stopped !== null) throw stopped;
      const [near, far] = createMemoryChannels();
      serve(far, service);
      open.add(far);
      far.onClose(() => open.delete(far));
      return near;
    },
    stop(error = new AppError('connection-lost', 'The core does not answer.')) {
      stopped = error;
      for (const channel of open) channel.close('the core ended');
    },
    start() {
      stopped = null;
    },
  };
}

export interface MountedWindow {
  readonly screen: RenderResult<unknown>;
  readonly core: WindowCore;
  readonly router: Router;
  readonly pinia: Pinia;
}

export interface MountOptions {
  readonly props?: Readonly<Record<string, unknown>>;
  readonly slots?: NonNullable<ComponentRenderOptions<Component, Record<string, unknown>>['slots']>;
  /** Where the window is; `/` where none is given. */
  readonly path?: string;
  readonly overrides?: CallOverrides;
  /** Height of the box that the component fills, in pixels; none for components that have one themselves. */
  readonly height?: number;
}

/** Shows `component` as the window would: with stores, router, words, and a core that answers as `overrides` say. */
export async function mountWithService(component: Component, options: MountOptions = {}): Promise<MountedWindow> {
  const { props = {}, slots = {}, path = '/', overrides = {}, height } = options;
  const core = createWindowCore(overrides);
  const pinia = createPinia();
  setActivePinia(pinia);
  // Real addresses without real views: what is under test is shown by itself.
  const router = createRouter({
    history: createMemoryHistory(),
    routes: routes.map((route) =>
      route.redirect === undefined ? { ...route, component: { render: () => null } } : route,
    ) as typeof routes,
  });
  await router.push(path);
  const boxed =
    height === undefined
      ? component
      : { render: () => h('div', { style: { height: `${height}px` } }, h(component, props, slots)) };
  const screen = await render(boxed, {
    props: height === undefined ? props : {},
    slots: height === undefined ? slots : {},
    global: { plugins: [pinia, i18n, router], provide: { [openChannelKey as symbol]: core.openChannel } },
  } as ComponentRenderOptions<Component, Record<string, unknown>>);
  return { screen: screen as RenderResult<unknown>, core, router, pinia };
}
