/** The page that tells who opens an evidence package what is in it and how to check it. */
import { baseName, classTitle, type ExportedFlag, heldBounds, reasonText, timesOf } from '../../review/index.ts';

export const packageReadme = (flags: readonly ExportedFlag[], fingerprint: string): string =>
  `EVIDENCE PACKAGE

${flags.map(flagText).join('\n\n')}

WHAT IS IN IT
For each flag a folder:
  clip.*            the recorded pictures from the keyframe before the start on, copied and not encoded anew
                    (footage.json says so, where the clip begins, and what became of the sound)
  viewing.mp4       the same, encoded so that every player shows it; for looking, not for examining
                    (footage.json says what was drawn into it and what was hidden in it)
  viewing.overlay.json, viewing.vtt
                    what was seen and the caption, by the time of viewing.mp4, where they were asked for
  flag.json         what was found, and what holds after review
  explanation.txt   why, in words, with the times of the frames that each statement rests on
  trajectory.json   the path by which it was found
  verdicts.json     every decision of the reviewers, those taken back as well
  times.json        UTC and local times, and where they come from
  footage.json      SHA-256 of the whole original recording
originals/          the recordings themselves, where they were asked for
audit.json          the rows of the audit log about these flags, and the chain that they are part of
manifest.json       size and SHA-256 of every file above
signature.json      Ed25519 signature of manifest.json

HOW TO CHECK IT
  anom-pi verify PACKAGE --key PUBLIC-KEY.pem
needs no archive and no network. The signer's key is ${fingerprint}; ask the signer for the file
(\`anom-pi audit --public-key FILE\` writes it) or compare this fingerprint with what he tells you.
Without --key it shows that nothing was changed since it was signed, but not by whom.
`;

function flagText(exported: ExportedFlag): string {
  const { flag, recording } = exported;
  const { start, end } = heldBounds(exported);
  const times = timesOf(exported);
  const wall =
    times.start.utc === null
      ? 'wall-clock time unknown'
      : `${times.start.utc} to ${times.end.utc ?? ''} (local ${times.start.local ?? ''}, ${times.zone.name}; clock from ${times.clock.source})`;
  const reason = reasonText(exported);
  return [
    `${classTitle(exported)} · verdict: ${flag.verdict?.decision ?? 'none yet'}${reason === null ? '' : ` (${reason})`}`,
    `  ${recording.camera}, ${baseName(recording.path)}, ${start.toFixed(3)} s to ${end.toFixed(3)} s`,
    `  ${wall}`,
    `  flag ${flag.id}`,
  ].join('\n');
}
