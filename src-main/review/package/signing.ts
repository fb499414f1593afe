/** Ed25519 over a package's manifest: the key of this data folder, signatures by it, and public keys from files. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import type { PackageSignature } from '../../contract/evidence.ts';
import { readIfThere, writeWhole } from '../../store/whole-file.ts';

export interface SigningKey {
  /** `SHA256:` and the base64 of the public key's hash, as SSH writes them. */
  readonly fingerprint: string;
  /** The public key, to be given to those who check packages. */
  readonly publicPem: string;
  sign(bytes: Uint8Array): PackageSignature;
}

/**
 * The key in `file`, made at the first call and readable by its owner only. Errors: `file-unreadable` where the file holds
 * no such key: it is never replaced, since packages signed with it would be nobody's.
 */
export async function signingKey(file: string): Promise<SigningKey> {
  const stored = await readIfThere(file);
  if (stored !== null) return keyFrom(privateKeyFrom(stored.toString('utf8'), file));
  // Who asks for the first time at the same moment gets the same key.
  const made = making.get(file) ?? newKey(file);
  making.set(file, made);
  return keyFrom(await made.finally(() => making.delete(file)));
}

/** Keys that are being made, by their files: one process owns a data folder. */
const making = new Map<string, Promise<KeyObject>>();

async function newKey(file: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeWhole(file, async (aside) => {
    await using handle = await open(aside, 'wx', 0o600);
    await handle.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });
  return privateKey;
}

function privateKeyFrom(pem: string, file: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new AppError('file-unreadable', `${file} holds no key: ${String(error)}.`, { cause: error });
  }
  throw new AppError('file-unreadable', `${file} holds a key of another kind than Ed25519.`, {
    details: { path: file },
  });
}

function keyFrom(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => ({
      algorithm: 'Ed25519',
      publicKey: rawBytes(publicKey).toString('base64'),
      signature: sign(null, bytes, privateKey).toString('base64'),
    }),
  };
}

/** The public key of a PEM file. Errors: `invalid-argument` where there is none in it; those of reading. */
export async function readPublicKey(file: string): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AppError('not-found', `The key ${file} cannot be read.`, { details: { path: file }, cause: error });
  });
  return publicKeyFrom(text, file);
}

/** The public key that `text` is in PEM. Errors: `invalid-argument` that says that `source` holds none. */
export function publicKeyFrom(text: string, source: string): KeyObject {
  try {
    // What is kept secret has no place where packages are checked.
    const key = /PRIVATE KEY/.test(text) ? null : createPublicKey(text);
    if (key?.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw notPublic(source, error);
  }
  throw notPublic(source, null);
}

const notPublic = (file: string, cause: unknown) =>
  new AppError(
    'invalid-argument',
    `${file} holds no public Ed25519 key; \`anom-pi audit --public-key FILE\` writes one.`,
    {
      details: { path: file },
      cause,
    },
  );

/** The key that a signature says it was made with; null where that is none. */
export function signerOf({ publicKey }: PackageSignature): KeyObject | null {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== rawKeyBytes || raw.toString('base64') !== publicKey) return null;
  return createPublicKey({ key: Buffer.concat([spkiHead, raw]), format: 'der', type: 'spki' });
}

export function isSignedBy(bytes: Uint8Array, { signature }: PackageSignature, key: KeyObject): boolean {
  const raw = Buffer.from(signature, 'base64');
  // Base64 has several spellings of some last letters: only one counts.
  return raw.toString('base64') === signature && verify(null, bytes, key, raw);
}

export const fingerprintOf = (key: KeyObject): string =>
  `SHA256:${createHash('sha256').update(rawBytes(key)).digest('base64').replace(/=+$/, '')}`;

const rawKeyBytes = 32;
/** What precedes the key's bytes in its DER form (RFC 8410, section 4). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

const rawBytes = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' }).subarray(spkiHead.length);
