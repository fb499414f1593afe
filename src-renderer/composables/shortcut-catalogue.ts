/** Every shortcut that can be given other keys: its id, the keys that it has at first, where it holds, what it is called. */
import type { MessageKey } from '../i18n/index.ts';

/** Headings under which shortcuts are listed, in that order, each with the views in which its shortcuts hold. */
export const shortcutGroups = {
  review: { title: 'queue.shortcuts.group', views: ['review'] },
  verdict: { title: 'player.keys.verdict', views: ['review', 'recording'] },
  player: { title: 'player.shortcuts', views: ['review', 'recording', 'moment'] },
  timeline: { title: 'player.timeline.label', views: ['review', 'recording'] },
  moment: { title: 'player.moment.title', views: ['moment'] },
  overview: { title: 'overview.shortcuts.group', views: ['overview'] },
  archive: { title: 'archive.shortcuts.group', views: ['archive'] },
  evaluations: { title: 'evaluation.shortcuts.group', views: ['evaluations'] },
  training: { title: 'training.shortcuts.group', views: ['training'] },
  views: { title: 'shell.shortcuts.views', views: 'all' },
  general: { title: 'shell.shortcuts.general', views: 'all' },
} as const satisfies Record<string, { readonly title: MessageKey; readonly views: readonly string[] | 'all' }>;
export type ShortcutGroup = keyof typeof shortcutGroups;

interface Entry {
  readonly group: ShortcutGroup;
  readonly keys: string;
  readonly label: MessageKey;
  /** What the label counts. */
  readonly count?: number;
}

/** Seconds of the arrow keys, without and with Shift. */
export const seekSeconds = { long: 5, short: 1 } as const;

export const shortcutCatalogue = {
  previousFlag: { group: 'review', keys: '↑', label: 'queue.shortcuts.previous' },
  nextFlag: { group: 'review', keys: '↓', label: 'queue.shortcuts.next' },
  nextOpenFlag: { group: 'review', keys: 'N', label: 'queue.shortcuts.nextOpen' },
  filter: { group: 'review', keys: '/', label: 'queue.shortcuts.filter' },
  similar: { group: 'review', keys: 'Shift+F', label: 'queue.shortcuts.similar' },
  explanation: { group: 'review', keys: 'I', label: 'queue.shortcuts.explanation' },
  path: { group: 'review', keys: 'T', label: 'queue.shortcuts.path' },
  nextEvidence: { group: 'review', keys: 'E', label: 'evidence.nextEvidence' },
  previousEvidence: { group: 'review', keys: 'Shift+E', label: 'evidence.previousEvidence' },

  confirm: { group: 'verdict', keys: 'C', label: 'queue.shortcuts.confirm' },
  reject: { group: 'verdict', keys: 'X', label: 'queue.shortcuts.reject' },
  rejectBecause: { group: 'verdict', keys: 'Shift+X', label: 'player.keys.rejectBecause' },
  unsure: { group: 'verdict', keys: 'U', label: 'queue.shortcuts.unsure' },
  relabel: { group: 'verdict', keys: 'R', label: 'player.keys.relabel' },
  tags: { group: 'verdict', keys: '#', label: 'player.keys.tags' },
  note: { group: 'verdict', keys: 'M', label: 'queue.shortcuts.note' },
  miss: { group: 'verdict', keys: 'A', label: 'queue.shortcuts.miss' },
  startHere: { group: 'verdict', keys: 'S', label: 'player.keys.startHere' },
  endHere: { group: 'verdict', keys: 'D', label: 'player.keys.endHere' },
  startBack: { group: 'verdict', keys: 'Q', label: 'player.keys.startBack' },
  startOn: { group: 'verdict', keys: 'W', label: 'player.keys.startOn' },
  endBack: { group: 'verdict', keys: 'Shift+Q', label: 'player.keys.endBack' },
  endOn: { group: 'verdict', keys: 'Shift+W', label: 'player.keys.endOn' },

  play: { group: 'player', keys: 'Space', label: 'player.keys.play' },
  frameBack: { group: 'player', keys: ',', label: 'player.frameBack' },
  frameOn: { group: 'player', keys: '.', label: 'player.frameForward' },
  secondsBack: { group: 'player', keys: '←', label: 'player.secondsBack', count: seekSeconds.long },
  secondsOn: { group: 'player', keys: '→', label: 'player.secondsForward', count: seekSeconds.long },
  secondBack: { group: 'player', keys: 'Shift+←', label: 'player.secondsBack', count: seekSeconds.short },
  secondOn: { group: 'player', keys: 'Shift+→', label: 'player.secondsForward', count: seekSeconds.short },
  backward: { group: 'player', keys: 'J', label: 'player.backward' },
  stop: { group: 'player', keys: 'K', label: 'player.stop' },
  forward: { group: 'player', keys: 'L', label: 'player.forward' },
  slower: { group: 'player', keys: '[', label: 'player.slower' },
  faster: { group: 'player', keys: ']', label: 'player.faster' },
  loop: { group: 'player', keys: 'O', label: 'player.loop' },
  toStart: { group: 'player', keys: 'Home', label: 'player.keys.toStart' },
  toEnd: { group: 'player', keys: 'End', label: 'player.keys.toEnd' },
  overlay: { group: 'player', keys: 'B', label: 'player.overlay.toggle' },
  mute: { group: 'player', keys: 'V', label: 'player.mute' },
  fullscreen: { group: 'player', keys: 'F', label: 'player.fullscreen' },
  moment: { group: 'player', keys: 'Y', label: 'player.keys.moment' },

  zoomIn: { group: 'timeline', keys: '+', label: 'player.timeline.zoomIn' },
  zoomOut: { group: 'timeline', keys: '-', label: 'player.timeline.zoomOut' },
  zoomToRecording: { group: 'timeline', keys: '0', label: 'player.timeline.fit' },
  zoomToDay: { group: 'timeline', keys: 'Shift+Z', label: 'player.timeline.day' },
  zoomToFlag: { group: 'timeline', keys: 'Z', label: 'player.timeline.zoomToFlag' },
  previousFlagHere: { group: 'timeline', keys: 'Ctrl+←', label: 'player.keys.previousFlagHere' },
  nextFlagHere: { group: 'timeline', keys: 'Ctrl+→', label: 'player.keys.nextFlagHere' },

  nextLeader: { group: 'moment', keys: 'G', label: 'player.moment.nextLeader' },
  clockBack: { group: 'moment', keys: 'Q', label: 'player.moment.clockBack' },
  clockOn: { group: 'moment', keys: 'W', label: 'player.moment.clockOn' },
  clockFarBack: { group: 'moment', keys: 'Shift+Q', label: 'player.moment.clockFarBack' },
  clockFarOn: { group: 'moment', keys: 'Shift+W', label: 'player.moment.clockFarOn' },

  previousDay: { group: 'overview', keys: '[', label: 'overview.shortcuts.previousDay' },
  nextDay: { group: 'overview', keys: ']', label: 'overview.shortcuts.nextDay' },
  printRecap: { group: 'overview', keys: 'Ctrl+P', label: 'overview.shortcuts.print' },
  archiveFilter: { group: 'archive', keys: '/', label: 'archive.shortcuts.filter' },
  newEvaluation: { group: 'evaluations', keys: 'N', label: 'evaluation.shortcuts.new' },
  train: { group: 'training', keys: 'N', label: 'training.start.title' },
  firstIsBetter: { group: 'training', keys: 'A', label: 'training.shortcuts.first' },
  secondIsBetter: { group: 'training', keys: 'B', label: 'training.shortcuts.second' },
  toComparedTable: { group: 'training', keys: 'Escape', label: 'training.shortcuts.back' },

  toReview: { group: 'views', keys: '1', label: 'shell.nav.review' },
  toArchive: { group: 'views', keys: '2', label: 'shell.nav.archive' },
  toEvidence: { group: 'views', keys: '8', label: 'shell.nav.evidence' },
  toOverview: { group: 'views', keys: '9', label: 'shell.nav.overview' },
  toJobs: { group: 'views', keys: '3', label: 'shell.nav.jobs' },
  toEvaluations: { group: 'views', keys: '4', label: 'shell.nav.evaluations' },
  toTraining: { group: 'views', keys: '5', label: 'shell.nav.training' },
  toDoctor: { group: 'views', keys: '6', label: 'shell.nav.doctor' },
  toSettings: { group: 'views', keys: '7', label: 'shell.nav.settings' },

  undo: { group: 'general', keys: 'Ctrl+Z', label: 'player.keys.undo' },
  redo: { group: 'general', keys: 'Ctrl+Shift+Z', label: 'player.keys.redo' },
  export: { group: 'verdict', keys: 'Ctrl+E', label: 'export.shortcut' },
  openFolder: { group: 'general', keys: 'Ctrl+O', label: 'shell.folders.open' },
  help: { group: 'general', keys: '?', label: 'shell.nav.help' },
} as const satisfies Readonly<Record<string, Entry>>;

export type ShortcutId = keyof typeof shortcutCatalogue;
export const shortcutIds = Object.keys(shortcutCatalogue) as readonly ShortcutId[];
export const shortcutEntry = (id: ShortcutId): Entry => shortcutCatalogue[id];

/** Whether both can be meant by one key press: there is a view in which both hold. */
export function meet(a: ShortcutId, b: ShortcutId): boolean {
  const viewsOf = (id: ShortcutId): readonly string[] | 'all' => shortcutGroups[shortcutCatalogue[id].group].views;
  const [first, second] = [viewsOf(a), viewsOf(b)];
  if (first === 'all' || second === 'all') return true;
  return first.some((view) => second.includes(view));
}

/** Keys that differ from the catalogue's, by shortcut; none (an empty text) where it was left without. */
export type OwnKeys = { readonly [K in ShortcutId]?: string };

const isShortcutId = (id: string): id is ShortcutId => Object.hasOwn(shortcutCatalogue, id);

/** Reads what `textFromOwnKeys` wrote; what it does not know, as from another version, is left out. */
export function ownKeysFromText(text: string): OwnKeys {
  if (text === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null) return {};
  const known = Object.entries(parsed).filter(([id, keys]) => isShortcutId(id) && typeof keys === 'string');
  return Object.fromEntries(known) as OwnKeys;
}

/** The value of the setting: empty where nothing differs. */
export function textFromOwnKeys(own: OwnKeys): string {
  const differing = Object.entries(own).filter(([id, keys]) => isShortcutId(id) && shortcutCatalogue[id].keys !== keys);
  return differing.length === 0 ? '' : JSON.stringify(Object.fromEntries(differing));
}

export const keysOf = (id: ShortcutId, own: OwnKeys): string => own[id] ?? shortcutCatalogue[id].keys;

/** Shortcuts other than `id` that `keys` would reach as well, somewhere. */
export const conflictsOf = (id: ShortcutId, keys: string, own: OwnKeys): readonly ShortcutId[] =>
  keys === ''
    ? []
    : shortcutIds.filter(
        (other) => other !== id && keysOf(other, own).toLowerCase() === keys.toLowerCase() && meet(id, other),
      );
