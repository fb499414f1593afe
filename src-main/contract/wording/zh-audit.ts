/** Chinese: what is wrong with the audit log, from the sentence that the store finds for it. */
import { type Pattern, readPattern } from './zh-read-back.ts';

const kinds: Readonly<Record<string, string>> = {
  altered: '被更改',
  removed: '被删除',
  inserted: '是插入的',
  reordered: '被调换了位置',
};

const why: readonly Pattern[] = [
  [/^what it says does not have its hash$/, () => '内容与其哈希不符'],
  [/^what it says does not have its hash, and it follows no row$/, () => '内容与其哈希不符，且不接在任何一行之后'],
  [
    /^(\d+) rows were written and the last is row (\d+)$/,
    (written, last) => `共写入 ${written} 行，最后一行却是 ${last}`,
  ],
  [/^row (\d+) was written after it was gone$/, (row) => `第 ${row} 行写于它消失之后`],
  [/^row (\d+) was written in its place$/, (row) => `原本写在此处的是第 ${row} 行`],
  [/^row (\d+) was written after a row with another hash$/, (row) => `第 ${row} 行所接的一行有另一个哈希`],
  [/^it was written after row (\d+)$/, (row) => `它写于第 ${row} 行之后`],
  [
    /^what now follows row (\d+) was written after a row that is gone$/,
    (row) => `现在接在第 ${row} 行之后的，写于一个已消失的行之后`,
  ],
];

const nouns: Readonly<Record<string, string>> = {
  verdict: '裁定',
  miss: '漏报',
  setting: '设置',
  'tags of flag': '标签，标记',
  'policy version': '策略版本',
  activation: '启用记录',
};

const changes: Readonly<Record<string, string>> = {
  'is gone': '不见了',
  'is back': '又出现了',
  'was changed': '被更改了',
  'is in no row of the log': '不在日志的任何一行中',
};

const patterns: readonly Pattern[] = [
  [
    /^Row (\d+) of the audit log was (\w+): (.+)\.$/,
    (row, kind, cause) => {
      const [said, because] = [kinds[kind], readPattern(why, cause)];
      return said === undefined || because === null ? null : `审计日志的第 ${row} 行${said}：${because}。`;
    },
  ],
  [
    /^The (tags of flag|policy version|\w+) (\S+) (is .+|was .+): the audit log up to row (\d+) says otherwise\.$/,
    (noun, key, change, row) => {
      const [what, became] = [nouns[noun], changes[change]];
      return what === undefined || became === undefined
        ? null
        : `${what} ${key} ${became}：与审计日志至第 ${row} 行所记不符。`;
    },
  ],
];

/** Null where it is no such sentence. */
export const auditFault = (english: string): string | null => readPattern(patterns, english);
