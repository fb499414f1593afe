/** Checking an evidence package: one that lies on the core's machine, or one that is handed to the window. */
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { type AppError, appErrorFrom } from '../../src-main/contract/errors.ts';
import type { Verification } from '../../src-main/contract/evidence.ts';
import { useConnection } from './connection.ts';

type VerifyState =
  | { readonly kind: 'none' }
  | { readonly kind: 'receiving'; readonly name: string; readonly share: number }
  | { readonly kind: 'checking'; readonly name: string }
  | { readonly kind: 'checked'; readonly name: string; readonly verification: Verification; readonly isOwn: boolean }
  | { readonly kind: 'error'; readonly name: string; readonly error: AppError };

/** Bytes that go to the core at a time: a multiple of three, so that each piece is base64 by itself. */
const pieceBytes = 768 * 1024;

export const useVerify = defineStore('verify', () => {
  const { client } = useConnection();
  const state = shallowRef<VerifyState>({ kind: 'none' });
  /** The signer's public key in PEM; empty where none is given. */
  const pem = ref('');
  let abort = new AbortController();

  const given = () => (pem.value.trim() === '' ? {} : { pem: pem.value });

  async function check(name: string, work: (signal: AbortSignal) => Promise<VerifyState>): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    state.value = { kind: 'checking', name };
    try {
      const next = await work(signal);
      if (!signal.aborted) state.value = next;
    } catch (caught) {
      const error = appErrorFrom(caught);
      if (!signal.aborted) state.value = { kind: 'error', name, error };
    }
  }

  /** @param path Absolute, on the core's machine. */
  const verifyPath = (path: string): Promise<void> =>
    check(path, async (signal) => {
      const answer = await client.evidence.verify({ path, ...given() }, { signal });
      return { kind: 'checked', name: path, ...answer };
    });

  /** A browser knows no path of a file that it is given: the core gets its bytes, and keeps them until they are checked. */
  const verifyFile = (file: File): Promise<void> =>
    check(file.name, async (signal) => {
      let upload: string | undefined;
      try {
        for (let at = 0; at === 0 || at < file.size; at += pieceBytes) {
          signal.throwIfAborted();
          state.value = { kind: 'receiving', name: file.name, share: file.size === 0 ? 1 : at / file.size };
          const piece = base64(await file.slice(at, at + pieceBytes).arrayBuffer());
          const answer = await client.evidence.receive({ piece, ...(upload !== undefined && { upload }) }, { signal });
          upload = answer.upload;
        }
        state.value = { kind: 'checking', name: file.name };
        const answer = await client.evidence.verify({ upload: upload ?? '', ...given() }, { signal });
        return { kind: 'checked', name: file.name, ...answer };
      } catch (error) {
        // What was received is of no use to anybody; where there is no connection the core removes it in time.
        if (upload !== undefined) client.evidence.discard({ upload }).catch(() => undefined);
        throw error;
      }
    });

  function reset(): void {
    abort.abort();
    state.value = { kind: 'none' };
  }

  /** The key of this data folder. */
  const ownKey = () => client.evidence.publicKey({});

  return { state, pem, ownKey, verifyPath, verifyFile, reset };
});

function base64(bytes: ArrayBuffer): string {
  let text = '';
  const view = new Uint8Array(bytes);
  // As many arguments at a time as every engine takes.
  for (let at = 0; at < view.length; at += 0x8000) text += String.fromCodePoint(...view.subarray(at, at + 0x8000));
  return btoa(text);
}
