/** Chinese: what is wrong with an evidence package, from the sentences that its check finds for it. */
import { type Pattern, readPattern } from './zh-read-back.ts';

const patterns: readonly Pattern[] = [
  // The archive
  [/^The file is no evidence package: it is too short\.$/, () => '文件不是证据包：太短。'],
  [/^The file does not begin as an evidence package does\.$/, () => '文件的开头与证据包不同。'],
  [/^The package ends within the header of a file\.$/, () => '证据包在某个文件的头部中断。'],
  [/^The header of (.+) was altered\.$/, (name) => `${name} 的头部被更改。`],
  [/^The package ends within its directory\.$/, () => '证据包在目录中断。'],
  [/^The package ends within (.+), or its size was altered\.$/, (name) => `证据包在 ${name} 中断，或其大小被更改。`],
  [/^The bytes of (.+), or its checksum, were altered\.$/, (name) => `${name} 的字节或其校验和被更改。`],
  [/^(\d+) bytes? lies? between or behind the files\.$/, (bytes) => `文件之间或之后有 ${bytes} 个多余的字节。`],
  [/^The directory at the end of the package was altered\.$/, () => '证据包末尾的目录被更改。'],

  // The files against the manifest
  [/^(.+) is there a second time\.$/, (name) => `${name} 出现了两次。`],
  [/^(.+) is not what was signed: its bytes were altered\.$/, (name) => `${name} 不是签名时的内容：字节被更改。`],
  [/^(.+) was removed\.$/, (name) => `${name} 被移除。`],
  [/^(.+) was renamed to (.+)\.$/, (name, other) => `${name} 被改名为 ${other}。`],
  [/^(.+) was added: the manifest does not list it\.$/, (name) => `${name} 是添加的：清单中没有它。`],
  [/^(.+) is not in its place among the files\.$/, (name) => `${name} 不在文件中应有的位置。`],

  // What it is checked by
  [/^(\S+) is missing\.$/, (name) => `缺少 ${name}。`],
  [/^(\S+) is not written as this program writes it\.$/, (name) => `${name} 的写法与此程序的不同。`],
  [/^(\S+) is no JSON\.$/, (name) => `${name} 不是 JSON。`],
  // What the schema's library says of a member stays as it is.
  [/^((?:manifest|signature|audit)\.json): (.+)\.$/, (name, why) => `${name} 的内容不合规定（${why}）。`],
  [/^The signature names no key\.$/, () => '签名没有指明密钥。'],
  [
    /^It was signed with the key (.+), not with the one given, (.+)\.$/,
    (signer, given) => `它是用密钥 ${signer} 签名的，而不是所给的 ${given}。`,
  ],
  [
    /^The signature is not that of the manifest: the manifest, the signature or its key was altered\.$/,
    () => '签名与清单不符：清单、签名或其密钥被更改。',
  ],
  [
    /^The manifest names (.+) as its signer, the signature (.+)\.$/,
    (named, signer) => `清单所记的签名者是 ${named}，签名却是 ${signer} 的。`,
  ],

  // The log
  [/^The head of the audit log is not the manifest’s\.$/, () => '审计日志的末行与清单所记不符。'],
  [/^Row (\d+) of the audit log does not stand in its place\.$/, (row) => `审计日志的第 ${row} 行不在应有的位置。`],
  [
    /^Row (\d+) of the audit log is none of the (\d+) of its chain\.$/,
    (row, rows) => `审计日志的第 ${row} 行不在链条的 ${rows} 行之中。`,
  ],
  [/^Row (\d+) of the audit log was altered\.$/, (row) => `审计日志的第 ${row} 行被更改。`],
  [
    /^The chain of the audit log does not lead to its head, row (\d+): a row was altered, added or removed\.$/,
    (row) => `审计日志的链条不通向它的末行（第 ${row} 行）：有一行被更改、添加或移除。`,
  ],
];

/** Null where it is no such sentence. */
export const packageFault = (english: string): string | null => readPattern(patterns, english);
