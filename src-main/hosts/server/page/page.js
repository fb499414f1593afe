/** The bare page: shows over the contract's WebSocket what the core holds and does. Reads only. */
'use strict';

const byId = (id) => document.getElementById(id);
const flagsShown = 200;
/** Longest wait before the core is asked again after it went away, ms. */
const longestWait = 10_000;
let wait = 500;

/** An element with text and children; text is never read as markup. */
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children.map((child) => (typeof child === 'number' ? String(child) : child)));
  return made;
}

function show(id, items, empty) {
  byId(id).replaceChildren(...(items.length > 0 ? items : [element('li', 'quiet', empty)]));
}

function status(text, isLost) {
  byId('status').textContent = text;
  byId('status').className = isLost ? 'lost' : '';
}

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function jobItem(job) {
  const { done, total, unit, rate, secondsLeft, label } = job.progress;
  const item = element('li', '', element('div', 'row', `${job.kind}: ${job.state}`));
  const details = [`${Math.round(done)} of ${Math.round(total)} ${unit}`];
  if (job.state === 'running') {
    if (rate !== null) details.push(`${rate.toFixed(1)} ${unit}/s`);
    if (secondsLeft !== null) details.push(`${clock(secondsLeft)} left`);
    const bar = element('progress', '');
    bar.max = Math.max(1, total);
    bar.value = Math.min(done, bar.max);
    bar.setAttribute('aria-label', `${job.kind} progress`);
    item.append(bar);
    if (label !== '') details.push(label);
  }
  item.append(element('div', 'quiet', details.join(' · ')));
  if (job.reason !== null) item.append(element('div', 'bad', job.reason));
  return item;
}

function flagItem(flag) {
  const when = `${clock(flag.start)}–${clock(flag.end)}`;
  const decision = flag.verdict === null ? 'open' : flag.verdict.decision;
  return element(
    'li',
    '',
    element('div', 'row', element('strong', '', flag.class), element('span', 'quiet', `${when} · ${decision}`)),
    element('div', '', flag.explanation),
    element('div', 'quiet', `${flag.camera} · ${flag.path} · score ${flag.score.toFixed(2)}`),
  );
}

function connect() {
  const socket = new WebSocket(`ws://${location.host}/contract`);
  const waiting = new Map();
  const listeners = new Map();
  const jobs = new Map();
  let lastId = 0;

  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      socket.send(JSON.stringify({ ...message, id: lastId }));
    });
  const call = (name, params = {}) => ask({ type: 'call', name, params });
  const on = (event, listener) => {
    listeners.set(lastId + 1, listener);
    return ask({ type: 'subscribe', event });
  };

  const showJobs = () => show('jobs', [...jobs.values()].map(jobItem), 'Nothing runs.');
  const showFlags = async () => {
    const { items } = await call('flags.list', { limit: flagsShown });
    show('flags', items.map(flagItem), 'Nothing is flagged.');
  };
  const showInfo = async () => {
    const info = await call('core.info');
    byId('folder').textContent = info.dataFolder;
    byId('recordings').textContent = info.recordings;
    byId('unreadable').textContent = info.unreadable;
    byId('flag-count').textContent = info.flags;
    byId('version').textContent = info.version;
  };

  /** Lists are read again at most once a second, however fast a scan goes. */
  let refreshing = false;
  const refresh = () => {
    if (refreshing) return;
    refreshing = true;
    setTimeout(async () => {
      refreshing = false;
      if (socket.readyState === WebSocket.OPEN) await Promise.all([showInfo(), showFlags()]).catch(fail);
    }, 1000);
  };
  const fail = (error) => status(error.message, true);

  socket.addEventListener('open', async () => {
    try {
      await on('job.changed', (job) => {
        jobs.set(job.id, job);
        showJobs();
        refresh();
      });
      await on('scan.line', refresh);
      await on('core.notice', ({ message }) => status(message, false));
      for (const job of (await call('jobs.list')).items) jobs.set(job.id, job);
      showJobs();
      await Promise.all([showInfo(), showFlags()]);
      status('Connected', false);
      wait = 500;
    } catch (error) {
      fail(error);
    }
  });
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(data);
    if (reply.type === 'event') return listeners.get(reply.id)?.(reply.value);
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.type === 'result') asked?.resolve(reply.value);
    else asked?.reject(new Error(reply.error.message));
  });
  socket.addEventListener('close', ({ reason }) => {
    for (const { reject } of waiting.values()) reject(new Error('The connection ended.'));
    status(`Not connected${reason === '' ? '' : `: ${reason}`}. Trying again…`, true);
    setTimeout(connect, wait);
    wait = Math.min(longestWait, wait * 2);
  });
}

connect();
