/** A stand-in for the parts of Electron that the shell uses: keeps what the shell sets, and lets a test do what Electron does. */
import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  Rectangle,
} from 'electron/main';
import type { Electron } from '../../src-main/hosts/electron/electron.ts';

type Listener = (...args: never[]) => unknown;
/** An event as Electron hands it to a listener that may prevent what it announces. */
interface Preventable {
  readonly prevented: boolean;
}

/** The page's side of a window: events, and what it was sent. */
class StandInContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  openHandler: (() => { action: string }) | null = null;
  reloads = 0;
  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value });
  }
  reload(): void {
    this.reloads++;
  }
}

export class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  state: 'hidden' | 'shown' | 'minimized' | 'destroyed' = 'hidden';
  focused = 0;
  maximized = false;
  bounds: Rectangle = { x: 10, y: 20, width: 1200, height: 800 };
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
  }
  isMinimized = () => this.state === 'minimized';
  isVisible = () => this.state === 'shown';
  isMaximized = () => this.maximized;
  getNormalBounds = () => this.bounds;
  show = () => void (this.state = 'shown');
  restore = () => void (this.state = 'shown');
  maximize = () => void (this.maximized = true);
  focus = () => void this.focused++;
  destroy = () => void (this.state = 'destroyed');
  /** As a person closes it. */
  close(): void {
    this.emit('close');
    this.destroy();
    this.emit('closed');
  }
}

export interface StandInElectron {
  readonly electron: Electron;
  readonly windows: readonly StandInWindow[];
  /** Calls that Electron takes only before it is ready, in their order; `ready` among them. */
  readonly early: readonly string[];
  readonly schemes: readonly CustomScheme[];
  readonly paths: Readonly<Record<string, string>>;
  readonly ended: readonly ('quit' | number)[];
  readonly errorBoxes: readonly string[];
  /** What the system's dialog answers next. */
  folderChoice: { canceled: boolean; filePaths: string[] };
  /** What the page had shown in the file manager. */
  readonly shownFiles: string[];
  becomeReady(): void;
  /** An event of the program itself. */
  emitApp(event: string, ...args: unknown[]): void;
  /** An event that a listener may prevent. */
  attempt(contents: EventEmitter, event: string, details?: object): Preventable;
  /** A request as a page of this program makes it. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  permission(name: string, origin: string): Promise<{ readonly asked: boolean; readonly checked: boolean }>;
  download(): Preventable;
  /** Whether a request to `url` leaves the program; only such as the filter names are ever asked about. */
  readonly blocked: readonly string[];
  message(channel: string, event: object): void;
  invoke(channel: string, event: object, ...given: readonly unknown[]): Promise<unknown>;
  menu(): readonly MenuItemConstructorOptions[];
}

export function createStandInElectron(given: { readonly isFirst?: boolean; readonly isPackaged?: boolean } = {}) {
  const { isFirst = true, isPackaged = true } = given;
  const ready = Promise.withResolvers<void>();
  const early: string[] = [];
  const windows: StandInWindow[] = [];
  const schemes: CustomScheme[] = [];
  const paths: Record<string, string> = {};
  const ended: ('quit' | number)[] = [];
  const errorBoxes: string[] = [];
  const blocked: string[] = [];
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const invoked = new Map<string, Listener>();
  let isReady = false;
  let menu: { readonly template: readonly MenuItemConstructorOptions[] } | null = null;
  let request: Listener = () => undefined;
  let check: Listener = () => undefined;

  const note = (name: string) => {
    if (isReady) throw new Error(`${name} was called after Electron was ready.`);
    early.push(name);
  };
  const afterReady = <T>(value: T): T => {
    if (!isReady) throw new Error('This part of Electron cannot be used before it is ready.');
    return value;
  };

  const app = Object.assign(new EventEmitter(), {
    isPackaged,
    whenReady: () => ready.promise,
    setPath(name: string, path: string) {
      note('setPath');
      paths[name] = path;
    },
    requestSingleInstanceLock() {
      note('requestSingleInstanceLock');
      return isFirst;
    },
    enableSandbox: () => note('enableSandbox'),
    quit: () => void ended.push('quit'),
    exit: (code: number) => void ended.push(code),
  });
  const defaultSession = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: Listener) => void (request = handler),
    setPermissionCheckHandler: (handler: Listener) => void (check = handler),
    setDevicePermissionHandler: () => undefined,
    webRequest: {
      onBeforeRequest({ urls }: { urls: string[] }, listener: Listener) {
        const decide = listener as unknown as (
          details: object,
          callback: (answer: { cancel: boolean }) => void,
        ) => void;
        decide({}, ({ cancel }) => cancel && blocked.push(...urls));
      },
    },
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Response) => void handlers.set(scheme, handler),
    },
  });
  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, listener: Listener) => void invoked.set(channel, listener),
  });
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

  const standIn: StandInElectron = {
    // One place says that these few members are all of Electron that the shell has a use for.
    electron: {
      app,
      ipcMain,
      protocol: {
        registerSchemesAsPrivileged(list: CustomScheme[]) {
          note('registerSchemesAsPrivileged');
          schemes.push(...list);
        },
      },
      session: {
        get defaultSession() {
          return afterReady(defaultSession);
        },
      },
      screen: { getPrimaryDisplay: () => afterReady(display), getAllDisplays: () => afterReady([display]) },
      dialog: {
        showErrorBox: (title: string, text: string) => void errorBoxes.push(`${title}: ${text}`),
        showOpenDialog: async () => standIn.folderChoice,
        showSaveDialog: async (_window: unknown, { defaultPath }: { readonly defaultPath: string }) => ({
          canceled: standIn.folderChoice.canceled,
          filePath: `/chosen/${defaultPath}`,
        }),
      },
      shell: { showItemInFolder: (path: string) => void standIn.shownFiles.push(path) },
      Menu: {
        buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => ({ template }),
        setApplicationMenu: (built: typeof menu) => void (menu = built),
      },
      BrowserWindow: class extends StandInWindow {
        constructor(options: BrowserWindowConstructorOptions) {
          super(afterReady(options));
          windows.push(this);
          app.emit('web-contents-created', {}, this.webContents);
        }
      },
    } as unknown as Electron,
    windows,
    early,
    schemes,
    paths,
    ended,
    errorBoxes,
    blocked,
    folderChoice: { canceled: true, filePaths: [] },
    shownFiles: [],
    becomeReady() {
      early.push('ready');
      isReady = true;
      ready.resolve();
    },
    emitApp: (event, ...args) => void app.emit(event, preventable().event, ...args),
    attempt(contents, event, details = {}) {
      const { event: announced, outcome } = preventable(details);
      contents.emit(event, announced);
      return outcome;
    },
    async fetch(url, init) {
      const handler = handlers.get(url.slice(0, url.indexOf(':')));
      if (handler === undefined) throw new Error(`Nobody handles ${url}.`);
      const asked = new Request('http://any.example/', init);
      // A Request of our own would tidy the address up; Electron hands it over as Chromium read it.
      return handler({ url, method: asked.method, headers: asked.headers } as Request);
    },
    async permission(name, origin) {
      const asked = Promise.withResolvers<boolean>();
      (request as unknown as (...args: unknown[]) => void)(null, name, asked.resolve, { requestingUrl: `${origin}/` });
      const checked = (check as unknown as (...args: unknown[]) => boolean)(null, name, origin);
      return { asked: await asked.promise, checked };
    },
    download() {
      const { event, outcome } = preventable();
      defaultSession.emit('will-download', event);
      return outcome;
    },
    message: (channel, event) => void ipcMain.emit(channel, event),
    async invoke(channel, event, ...given) {
      return (invoked.get(channel) as unknown as (event: object, ...given: readonly unknown[]) => unknown)(
        event,
        ...given,
      );
    },
    menu: () => menu?.template ?? [],
  };
  return standIn;
}

function preventable(details: object = {}) {
  const outcome = { prevented: false };
  return { event: { ...details, preventDefault: () => void (outcome.prevented = true) }, outcome };
}

/** A thread's port with the face of one that Electron hands to the shell: quiet until it is started. */
export function standInMainPort(port: MessagePort) {
  const closed = Promise.withResolvers<void>();
  port.once('close', closed.resolve);
  let closedHere = false;
  return {
    closed: closed.promise,
    port: {
      on(event: 'message' | 'close', listener: (message: { data: unknown }) => void) {
        if (event === 'message') port.addListener('message', (data: unknown) => listener({ data }));
        else port.once('close', () => closedHere || listener({ data: null }));
      },
      start: () => port.start(),
      postMessage: (message: unknown) => port.postMessage(message),
      close() {
        closedHere = true;
        port.close();
      },
    },
  };
}

/** The page's own frame, and the `WebContents` that shows it. */
export const pageFrame = { url: 'app://anom-pi/#/review', parent: null };
