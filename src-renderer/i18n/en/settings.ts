/** English words of the settings. */
export const settings = {
  title: 'Settings',
  search: 'Search settings',
  nothing: 'No setting matches “{query}”.',
  reset: 'Back to the default',
  saved: 'Saved',
  invalid: 'Give a number.',
  group: {
    looking: 'Looking',
    cameras: 'Cameras and clocks',
    reviewing: 'Reviewing',
    learning: 'Learning',
    machine: 'Machine',
    storage: 'Storage',
    appearance: 'Appearance',
  },
  nextStart: 'Takes effect at the next start of the core.',
  nextScan: 'Takes effect with the next scan.',
  framesPerMinute: {
    label: 'Frames per minute of footage',
    text: 'How many frames a closer look may spend. More finds shorter incidents and takes longer.',
  },
  timeZone: {
    label: 'Time zone of cameras',
    text: 'For clocks that do not say theirs, as in Europe/Berlin. Empty for this machine’s.',
    machine: 'This machine’s ({zone})',
  },
  namePatterns: {
    label: 'File name patterns',
    text: 'Regular expressions, one a line, that read camera and time from names the program does not know. Named groups: year, month, day, hour, minute, second, camera.',
  },
  trainingFramesPerEpisode: {
    label: 'New frames per episode in training',
    text: 'Training looks mostly at what scans have seen. So many frames more of each episode let it try other ways of looking.',
  },
  trainingMinutes: {
    label: 'Longest training, in minutes',
    text: 'A training run that takes longer stops; resumed, it goes on for as long again.',
  },
  leadInSeconds: {
    label: 'Lead-in, in seconds',
    text: 'So much is shown before a flagged interval when it is opened and repeated.',
  },
  provider: {
    label: 'Where the models run',
    text: 'Automatic takes the fastest that works; the doctor shows which do.',
    auto: 'Automatic',
    cuda: 'CUDA (NVIDIA)',
    webgpu: 'WebGPU',
    dml: 'DirectML (Windows)',
    coreml: 'Core ML (Apple)',
    cpu: 'Processor only',
  },
  workers: {
    label: 'Worker processes',
    text: 'How many recordings are worked on at a time. 0 for one per processor core, four at most.',
  },
  frameCacheBytes: {
    label: 'Cache of what was seen',
    text: 'Looking again at the same frames costs nothing while they are here.',
  },
  playbackCacheBytes: {
    label: 'Cache for playing',
    text: 'Recordings that browsers do not play are converted as they are watched, and kept here.',
  },
  gigabytes: 'GiB',
  theme: { label: 'Theme', text: 'System follows the system’s own.', system: 'System', dark: 'Dark', light: 'Light' },
  language: { label: 'Language', text: 'The language of the window.', system: 'System', en: 'English', zh: '中文' },
} as const;
