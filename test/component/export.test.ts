/** Taking evidence out, and checking it: the dialog from choice to result, a package's check in words, the audit log. */
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defineComponent, h } from 'vue';
import type { ListedAuditRow } from '../../src-main/contract/audit.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import type { ExportEstimate, ExportRow, Verification } from '../../src-main/contract/evidence.ts';
import type { Flag } from '../../src-main/contract/flag.ts';
import ExportButton from '../../src-renderer/components/export/ExportButton.vue';
import ExportDialog from '../../src-renderer/components/export/ExportDialog.vue';
import { listenForShortcuts } from '../../src-renderer/composables/use-shortcuts.ts';
import EvidenceView from '../../src-renderer/views/EvidenceView.vue';
import { expectAccessible } from './support/accessible.ts';
import { type CallOverrides, mountWithService, testJob } from './support/window-service.ts';

const flag: Flag = {
  ...{ id: 'f'.repeat(64), recording: 'a'.repeat(64), path: '/archive/Yard.mp4', camera: 'Yard', start: 12, end: 18 },
  ...{ class: 'fall', score: 0.8, explanation: 'Somebody lies still.', claims: [], trajectory: 't', policy: 'rules' },
  ...{ policyVersion: '1', verdict: null },
};
const usual: ExportEstimate = {
  ...{ bytes: 2_500_000, name: 'Yard-evidence.zip', isFolder: false, missing: [], unable: null },
};
const row: ExportRow = {
  ...{ job: 'e1', format: 'package', flags: 1, startedAtMs: 1000, name: 'Yard-evidence.zip', isFolder: false },
  ...{ path: '/data/exports/e1/Yard-evidence.zip', isDownload: true, bytes: 2_400_000, notes: [] },
};
const job = testJob({
  id: 'e1',
  kind: 'export',
  progress: { ...testJob().progress, done: 1, total: 4, unit: 'files' },
});

interface Given {
  readonly estimate?: Partial<ExportEstimate>;
  readonly refusal?: AppError;
  readonly rows?: readonly ExportRow[];
}

async function mountDialog({ estimate = {}, refusal, rows = [row] }: Given = {}) {
  const View = defineComponent(() => {
    listenForShortcuts();
    return () => h('main', [h(ExportButton, { flags: [flag.id] }), h(ExportDialog)]);
  });
  const mounted = await mountWithService(View, {
    overrides: {
      flags: { rows: async () => ({ items: [flag] }) },
      evidence: {
        estimate: async () => ({ ...usual, ...estimate }),
        export: async () => {
          if (refusal !== undefined) throw refusal;
          return { job };
        },
        exports: async () => ({ items: [...rows] }),
      },
    },
  });
  await userEvent.keyboard('{Control>}e{/Control}');
  await expect.element(mounted.screen.getByRole('dialog', { name: 'Export' })).toBeVisible();
  const last = (name: string) =>
    mounted.core.calls.filter((call) => call.name === name).at(-1)?.params as Record<string, unknown> | undefined;
  return { ...mounted, last };
}

describe('the export dialog', () => {
  test('says of what, in which forms, about how large; and is for everybody', async () => {
    const { screen } = await mountDialog();
    await expect.element(screen.getByText('Of 1 flag: Yard.mp4')).toBeVisible();
    await expect.element(screen.getByText('About 2.5 MB')).toBeVisible();
    await expect.element(screen.getByRole('radio', { name: 'Evidence package' })).toBeChecked();
    await expectAccessible(document.body);
  });

  test('asks for what was chosen, follows the job, and offers the file', async () => {
    const { screen, core, last } = await mountDialog();
    await screen.getByRole('radio', { name: 'Viewing copy' }).click();
    await screen.getByRole('checkbox', { name: 'Poses' }).click();
    await screen.getByRole('checkbox', { name: /^Heads of all persons/ }).click();
    await screen.getByRole('button', { name: 'Add a region' }).click();
    await screen.getByRole('button', { name: 'Export', exact: true }).click();
    expect(last('evidence.export')).toEqual({
      flags: [flag.id],
      ...{ format: 'viewing', cut: 'keyframe', whole: false },
      viewing: {
        draw: ['boxes', 'time', 'caption', 'poses'],
        ...{ beside: false, heads: true },
        regions: [
          { recording: flag.recording, start: 12, end: 18, box: { x: 0.35, y: 0.35, width: 0.3, height: 0.3 } },
        ],
      },
    });
    await expect.element(screen.getByText(/^Exporting\. You may close/)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Stop' })).toBeVisible();
    core.emit('job.changed', { ...job, state: 'done', endedAtMs: 2 });
    const download = screen.getByRole('link', { name: 'Download' });
    await expect.element(download).toHaveAttribute('download', 'Yard-evidence.zip');
    await expectAccessible(document.body);
  });

  test('moves and removes a region by keys', async () => {
    const { screen, last } = await mountDialog();
    await screen.getByRole('radio', { name: 'Viewing copy' }).click();
    await screen.getByRole('button', { name: 'Add a region' }).click();
    const region = screen.getByRole('button', { name: /^Region 1\. Arrow keys/ });
    region.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await expect
      .poll(
        () =>
          (last('evidence.estimate')?.['viewing'] as { regions: { box: { x: number } }[] } | undefined)?.regions[0]?.box
            .x,
      )
      .toBeCloseTo(0.33, 6);
    region.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));
    await expect.element(screen.getByText(/^No region yet/)).toBeVisible();
  });

  test('writes to a path where that is wanted, and says what is wrong with one', async () => {
    const { screen, last } = await mountDialog();
    await screen.getByRole('radio', { name: 'Write it to a path on this machine' }).click();
    const start = screen.getByRole('button', { name: 'Export', exact: true });
    await start.click();
    await expect.element(screen.getByText('Say where to write it.')).toBeVisible();
    await screen.getByRole('textbox', { name: 'File' }).fill('out.zip');
    await expect.element(screen.getByText(/^Write the whole path/)).toBeVisible();
    await screen.getByRole('textbox', { name: 'File' }).fill('/out/a.zip');
    await start.click();
    await expect.poll(() => last('evidence.export')?.['out']).toBe('/out/a.zip');
  });

  test('names what stands in the way before and after', async () => {
    const missing = [
      { recording: flag.recording, name: 'Yard.mp4', reason: 'The file is gone; import its new place.' },
    ];
    const { screen } = await mountDialog({ estimate: { missing } });
    await expect.element(screen.getByText('Yard.mp4: The file is gone; import its new place.')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
    // A table needs no footage.
    await screen.getByRole('radio', { name: 'Table (CSV)' }).click();
    await expect.element(screen.getByRole('button', { name: 'Export', exact: true })).toBeEnabled();
  });

  test('says why the core refused, and that a full disk ended it', async () => {
    const refusal = new AppError('invalid-argument', '/out/a.zip is there already; name another file or remove it.');
    const { screen } = await mountDialog({ refusal });
    await screen.getByRole('button', { name: 'Export', exact: true }).click();
    await expect.element(screen.getByText(/is there already; name another file/)).toBeVisible();
  });

  test('shows a job that failed with its reason and goes on with it', async () => {
    const { screen, core } = await mountDialog();
    await screen.getByRole('button', { name: 'Export', exact: true }).click();
    const reason = '/out/a.zip does not fit on the disk, which is full.';
    core.emit('job.changed', { ...job, state: 'failed', reason, endedAtMs: 2 });
    await expect.element(screen.getByText(reason)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Go on' })).toBeVisible();
  });
});

const holding: Verification = {
  ...{ holds: true, faults: [], signer: 'SHA256:abc', signerVerified: false, madeAtMs: 1000, flags: ['f'], files: 13 },
  auditHead: { number: 7, hash: '0'.repeat(64) },
};
const auditRow = (number: number, changes: Partial<ListedAuditRow> = {}): ListedAuditRow => ({
  ...{ number, atMs: 1_770_000_000_000 + number, kind: 'verdict', subject: flag.id, previous: '0'.repeat(64) },
  ...{ hash: '1'.repeat(64), details: { decision: 'confirm', note: 'seen' }, program: '1.2.3', flag: flag.id },
  recording: { id: flag.recording, name: 'Yard.mp4' },
  ...changes,
});

const mountView = (part: string, overrides: CallOverrides) =>
  mountWithService(
    defineComponent(() => () => h('main', { style: { height: '700px' } }, h(EvidenceView))),
    { path: `/evidence/${part}`, overrides },
  );

function packageInput(within: Element): HTMLInputElement {
  const input = within.querySelector<HTMLInputElement>('input[name="package"]');
  if (input === null) throw new Error('There is no input for packages.');
  return input;
}

describe('checking a package', () => {
  const given = (verification: Verification, isOwn = false): CallOverrides => ({
    evidence: {
      verify: async () => ({ verification, isOwn }),
      receive: async ({ upload }) => ({ upload: upload ?? 'u1' }),
      publicKey: async () => ({ fingerprint: 'SHA256:own', pem: '-----BEGIN PUBLIC KEY-----\nx\n' }),
    },
  });
  async function check(screen: Awaited<ReturnType<typeof mountView>>['screen']): Promise<void> {
    await screen.getByRole('textbox', { name: 'Path of the package' }).fill('/in/a.zip');
    await screen.getByRole('button', { name: 'Check', exact: true }).click();
  }

  test.each([
    ['whose signer is not known', holding, false, 'Unaltered since signed by SHA256:abc, signer not verified.'],
    ['of our own', holding, true, 'Unaltered since it was signed with the key of this program, SHA256:abc.'],
    [
      'with the signer’s key',
      { ...holding, signerVerified: true },
      false,
      'Unaltered since it was signed by the holder of the given key, SHA256:abc.',
    ],
  ] as const)('that holds, %s, says so', async (_, verification, isOwn, words) => {
    const { screen } = await mountView('verify', given(verification, isOwn));
    await check(screen);
    await expect.element(screen.getByText(words)).toBeVisible();
    await expectAccessible(document.body);
  });

  test('that does not hold says what is wrong with which file', async () => {
    const entry = 'flags/01-ffff/clip.mp4';
    const faults = [{ fault: 'content-altered', entry, reason: `${entry} is not what was signed.` }] as const;
    const { screen } = await mountView('verify', given({ ...holding, holds: false, faults: [...faults] }));
    await check(screen);
    await expect.element(screen.getByText('The package does not hold')).toBeVisible();
    await expect.element(screen.getByText('Contents were changed')).toBeVisible();
    await expect.element(screen.getByText(entry, { exact: true })).toBeVisible();
    await expectAccessible(document.body);
  });

  test('that was dropped goes to the core in pieces', async () => {
    const { screen, core } = await mountView('verify', given(holding));
    const input = packageInput(screen.container);
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(800 * 1024).fill(7)], 'handed.zip'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await expect.element(screen.getByText('handed.zip')).toBeVisible();
    const pieces = core.calls.filter(({ name }) => name === 'evidence.receive').map(({ params }) => params);
    expect(pieces).toEqual([
      { piece: expect.stringMatching(/^BwcHBwcH/) },
      { piece: expect.stringMatching(/^Bwc/), upload: 'u1' },
    ]);
    expect(core.calls.at(-1)).toEqual({ name: 'evidence.verify', params: { upload: 'u1' } });
  });

  test('that cannot be read says why', async () => {
    const { screen } = await mountView('verify', {
      evidence: {
        verify: async () => {
          throw new AppError('not-found', '/in/a.zip cannot be read: no such file.');
        },
      },
    });
    await check(screen);
    const words = 'It could not be checked: /in/a.zip cannot be read: no such file.';
    await expect.poll(() => screen.getByRole('alert').element().textContent.trim()).toBe(words);
  });
});

describe('the audit log', () => {
  const log = (overrides: CallOverrides['audit'] = {}): CallOverrides => ({
    audit: {
      head: async () => ({ head: { number: 3, hash: '1'.repeat(64) }, atMs: 1, fault: null }),
      list: async ({ kinds }) => {
        const rows = [
          auditRow(3, { kind: 'export', details: { format: 'package', file: 'a.zip' } }),
          auditRow(2),
          auditRow(1, { kind: 'setting', subject: 'workers', details: { value: 3 }, flag: null, recording: null }),
        ];
        return { items: rows.filter(({ kind }) => kinds === undefined || kinds.includes(kind)), next: null };
      },
      ...overrides,
    },
  });

  test('shows when, what, on which flag, by which version; and that it is whole', async () => {
    const { screen } = await mountView('log', log());
    await expect.element(screen.getByText(/^The log is whole: 3 rows/)).toBeVisible();
    const rows = screen.getByRole('row');
    await expect
      .poll(() => rows.nth(1).element().textContent)
      .toMatch(/3.*Export.*Yard\.mp4.*format package · file a\.zip.*1\.2\.3/);
    await expect
      .poll(() => rows.nth(2).element().textContent)
      .toMatch(/2.*Verdict.*Yard\.mp4.*decision confirm · note seen/);
    await expectAccessible(document.body);
  });

  test('is filtered by kind', async () => {
    const { screen } = await mountView('log', log());
    await screen.getByRole('combobox', { name: 'Kinds of rows' }).selectOptions('setting');
    await expect.element(screen.getByText('workers')).toBeVisible();
    await expect.poll(() => screen.getByRole('row').elements().length).toBe(2);
  });

  test('names the row that was tampered with', async () => {
    const reason = 'Row 2 of the audit log was altered.';
    const { screen } = await mountView('log', {
      ...log({
        head: async () => ({
          ...{ head: { number: 3, hash: '1'.repeat(64) }, atMs: 1 },
          fault: { fault: 'altered', number: 2, reason },
        }),
      }),
    });
    await expect.element(screen.getByText('The log was tampered with: A row was changed')).toBeVisible();
    await expect.element(screen.getByText(`Row 2. ${reason}`)).toBeVisible();
    await expectAccessible(document.body);
  });
});

test('the list of exports shows what there is, what is gone, and what to know', async () => {
  const rows = [row, { ...row, job: 'e2', name: 'old.zip', bytes: null, notes: ['Encoded anew.'] }];
  const { screen } = await mountView('exports', { evidence: { exports: async () => ({ items: rows }) } });
  await expect.element(screen.getByRole('link', { name: 'Download Yard-evidence.zip' })).toBeVisible();
  await expect.element(screen.getByText('not there any more')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'What to know: Encoded anew.' })).toBeVisible();
  await expectAccessible(document.body);
});

test('the key’s fingerprint and public half are there to be given away', async () => {
  const { screen } = await mountView('key', {
    evidence: { publicKey: async () => ({ fingerprint: 'SHA256:own', pem: '-----BEGIN PUBLIC KEY-----\nx\n' }) },
  });
  await expect.element(screen.getByText('SHA256:own')).toBeVisible();
  await expect.element(screen.getByRole('link', { name: 'Save the public key' })).toHaveAttribute('download');
  await expectAccessible(document.body);
});
