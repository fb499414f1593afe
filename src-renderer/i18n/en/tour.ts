/** English words of the tour of the window. */
export const tour = {
  start: 'Take the tour',
  step: '{number} of {all}',
  next: 'Next',
  back: 'Back',
  skip: 'Skip the tour',
  done: 'Done',
  keys: 'Enter next · ← back · Esc skips',
  first: 'The tour needs something to show: make the sample archive, and it begins by itself.',
  steps: {
    queue: {
      title: 'What deserves a look',
      text: 'Each row is an interval that was flagged, the highest score first. ↑ and ↓ go from one to the next; filters above narrow the list.',
    },
    player: {
      title: 'See it',
      text: 'The interval plays in a loop. Space stops it, the comma and the full stop go frame by frame, J, K and L play backward, stop and play forward.',
    },
    timeline: {
      title: 'Where in the recording',
      text: 'The curve is the score over time; marks show what was looked at. Drag the ends of a flag where its bounds are wrong.',
    },
    explanation: {
      title: 'Why it was flagged',
      text: 'Every sentence leads to the frames that it rests on. “Path” shows step by step how the program came to it.',
    },
    verdict: {
      title: 'Decide with one key',
      text: 'Confirm, reject, or say that you are not sure: the next open flag comes by itself. Everything can be undone, and what you decide teaches the program.',
    },
    archive: {
      title: 'Your own footage',
      text: 'The archive lists recordings by camera. There you open folders, draw zones on a camera’s picture, and see what is usual for it. Folders can be watched for new recordings in the settings.',
    },
  },
} as const;
