/** Chinese: errors by their code, with the file concerned and the way out; what English says beyond that stands in brackets. */
import type { AppError, ErrorCode } from '../errors.ts';
import { keptSentence } from './zh-kept.ts';

interface Words {
  readonly say: (what: string) => string;
  /** What it is about where no file is named. */
  readonly without: string;
  /** Whether the English sentence has a cause in it that the code does not tell. */
  readonly hasCause: boolean;
}

const words: Readonly<Record<ErrorCode, Words>> = {
  cancelled: { say: () => '已取消。', without: '', hasCause: false },
  'connection-lost': { say: () => '与核心程序的连接已断开。请在恢复后重试。', without: '', hasCause: false },
  'core-locked': {
    say: (what) => `另一个核心程序正在使用${what}。请先结束它，或选择另一个数据文件夹。`,
    ...{ without: '此数据文件夹', hasCause: false },
  },
  'database-damaged': {
    say: (what) => `${what}已损坏。请从数据文件夹的备份中恢复，或选择另一个数据文件夹。`,
    ...{ without: '数据库', hasCause: true },
  },
  'database-newer': {
    say: (what) => `${what}由更新版本的程序写成。请更新此程序，或选择另一个数据文件夹。`,
    ...{ without: '此数据文件夹', hasCause: false },
  },
  'disk-full': {
    say: (what) => `${what}所在的磁盘已满。请腾出一些空间后重试。`,
    ...{ without: '文件', hasCause: false },
  },
  'file-unreadable': {
    say: (what) => `无法读取${what}。请检查它是否完好、是否仍在写入，然后重试。`,
    ...{ without: '文件', hasCause: true },
  },
  forbidden: { say: (what) => `不允许使用${what}。`, without: '这项功能', hasCause: true },
  'integrity-mismatch': {
    say: (what) => `${what}已损坏，或不是当初的内容。请重新取得或重新生成。`,
    ...{ without: '数据', hasCause: true },
  },
  internal: { say: () => '程序内部出错。请重试；若再次发生，请附上日志报告。', without: '', hasCause: true },
  'invalid-argument': { say: (what) => `${what}不可用，请更正后重试。`, without: '所给的值', hasCause: true },
  'model-missing': { say: () => '缺少模型。“诊断”会说明缺少什么以及怎么办。', without: '', hasCause: true },
  'network-unavailable': { say: () => '网络不可用。请检查连接后重试。', without: '', hasCause: true },
  'no-video': { say: (what) => `${what}中没有视频。请选择视频文件。`, without: '文件', hasCause: true },
  'not-found': { say: (what) => `找不到${what}。它可能已被移动或删除。`, without: '所要的内容', hasCause: true },
  'permission-denied': {
    say: (what) => `没有访问${what}的权限。请更改其权限，或选择另一个。`,
    ...{ without: '它', hasCause: false },
  },
  quarantined: {
    say: (what) => `${what}使程序失败，已被搁置。可以再查看一次。`,
    ...{ without: '文件', hasCause: true },
  },
  unauthorized: { say: () => '无权这样做。请打开程序启动时显示的地址。', without: '', hasCause: false },
  'video-damaged': {
    say: (what) => `${what}已损坏。请用播放器检查，或使用另一份副本。`,
    ...{ without: '视频', hasCause: true },
  },
  'video-unsupported': {
    say: (what) => `此机器无法解码${what}。“诊断”会列出支持的编码。`,
    ...{ without: '视频', hasCause: true },
  },
  'worker-crashed': {
    say: (what) => `处理${what}的进程意外结束。请重试。`,
    ...{ without: '录像', hasCause: true },
  },
  'worker-timeout': {
    say: (what) => `处理${what}的时间超过了允许的限度。请重试，或继续该任务。`,
    ...{ without: '录像', hasCause: true },
  },
};

/** Details that name what an error is about, the most telling first. */
const subjects = ['path', 'file', 'folder'] as const;

export function errorText({ code, message, details }: Pick<AppError, 'code' | 'message' | 'details'>): string {
  const { say, without, hasCause } = words[code];
  const kept = keptSentence(message);
  const subject = subjects.map((key) => details[key]).find((value) => typeof value === 'string');
  const said = say(subject === undefined ? without : `“${subject}”`);
  if (!hasCause) return said;
  if (kept !== message) return subject === undefined ? kept : `“${subject}”：${kept}`;
  return `${said}（${causeIn(message, subject)}）`;
}

/** What English says without the file that is named already. */
const causeIn = (message: string, subject: string | undefined) =>
  subject !== undefined && message.startsWith(`${subject} `) ? message.slice(subject.length + 1) : message;
