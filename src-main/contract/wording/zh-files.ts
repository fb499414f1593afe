/** Chinese: why a file cannot be read, why a labelled recording counts in no figure, why a recording was set aside. */
import { type Pattern, readPattern } from './zh-read-back.ts';

/** What FFmpeg could not do with a file. */
const deeds: Readonly<Record<string, string>> = {
  'could not be opened': '无法打开',
  'could not be read': '无法读取',
  'has a frame that cannot be shown': '有一帧无法显示',
  'has frames too large to be shown': '画面太大，无法显示',
};

const causes: Readonly<Record<string, string>> = {
  'its data is damaged, cut off or not a video': '数据已损坏、不完整或不是视频',
  'it ends too early': '文件过早结束',
};

/** Where in a file of labels something stands. */
const place = (file: string, line: string | undefined) => (line === undefined ? file : `${file} 第 ${line} 行`);

/** How a worker was lost. */
const losses: readonly Pattern[] = [
  [/^showed no sign of work for (\d+) s$/, (most) => `${most} 秒没有动静`],
  [/^took more memory than it is allowed$/, () => '超出允许的内存'],
  [/^ended with exit code (\S+)$/, (code) => `以退出码 ${code} 结束`],
  [/^ended with (SIG\w+)$/, (signal) => `以 ${signal} 结束`],
];

/** The file itself is named beside the sentence, or before it. */
const patterns: readonly Pattern[] = [
  [/^.+ is a folder, so it cannot be opened as a video\.$/, () => '这是文件夹，不能作为视频打开。'],
  [/^.+ is not a regular file, so it cannot be opened as a video\.$/, () => '这不是普通文件，不能作为视频打开。'],
  [/^.+ is empty\.$/, () => '文件是空的。'],
  [
    /^.+ is a picture, a text or a playlist \((.*)\), not a video\.$/,
    (format) => `这是图片、文本或播放列表（${format}），不是视频。`,
  ],
  [/^.+ does not exist\.$/, () => '文件不存在。'],
  [/^.+ may not be (?:read|opened) by this user\.$/, () => '没有读取它的权限。请更改其权限。'],
  [/^.+ could not be read from its disk\.$/, () => '无法从磁盘读取文件。请检查磁盘。'],
  [/^It could not be read \((.+)\)\.$/, (why) => `无法读取文件（${why}）。`],
  [/^.+ did not open within ([\d.]+) s\.$/, (most) => `${most} 秒内未能打开文件。`],
  [/^.+ holds no video\.$/, () => '其中没有视频。'],
  [/^.+ holds sound or other data but no video\.$/, () => '其中有声音或其他数据，但没有视频。'],
  [/^.+ has a video track without a single frame\.$/, () => '视频轨道中一帧也没有。'],
  [/^.+ does not say how large its pictures are\.$/, () => '文件没有说明画面有多大。'],
  [
    /^.+ claims pictures of (\d+ × \d+) pixels; at most (\d+) a side are read\.$/,
    (size, most) => `文件声称画面为 ${size} 像素；每边最多读取 ${most} 像素。`,
  ],
  [
    /^.+ is encoded as (\S+), which cannot be decoded here\.$/,
    (codec) => `编码为 ${codec}，此机器无法解码。“诊断”会列出支持的编码。`,
  ],
  [/^.+ is damaged: none of the frames asked for could be decoded\.$/, () => '文件已损坏：所要的帧都无法解码。'],
  [
    /^.+ (could not be opened|could not be read|has a frame that cannot be shown|has frames too large to be shown): (.+)\.$/,
    (did, why) => `${deeds[did] ?? did}：${causes[why] ?? why}。`,
  ],
  [/^.+ cannot be decoded as (\S+): (.+)\.$/, (codec, why) => `无法作为 ${codec} 解码：${causes[why] ?? why}。`],
  [/^The file is gone; import its new place\.$/, () => '文件已不在。请为它的新位置编目。'],
  [
    /^The file changed since it was imported; import its folder again\.$/,
    () => '文件在编目之后改变了。请为其文件夹重新编目。',
  ],

  // Set aside
  [
    /^The worker process (.+) twice during (\S+)\.$/,
    (how, task) => {
      const told = readPattern(losses, how);
      return told === null ? null : `工作进程在任务 ${task} 中两次${told}。`;
    },
  ],
  [
    /^.+? is set aside: (.+\.) `anom-pi scan --again` tries it once more\.$/,
    (why) => `已搁置：${fileReason(why) ?? why}用 \`anom-pi scan --again\` 可再试一次。`,
  ],
  [/^.+? is set aside: (.+\.)$/, (why) => `已搁置：${fileReason(why) ?? why}`],

  // Labelled footage
  [/^no list names it\.$/, () => '没有列表提到它。'],
  [/^it was not rendered yet\.$/, () => '它尚未渲染。'],
  [/^it lies in no class's folder of (.+)\.$/, (folder) => `它不在 ${folder} 的任何类别文件夹中。`],
  [
    /^(.+?)(?:, line (\d+))?: .+ is not in (.+)\.$/,
    (file, line, folder) => `${folder} 中没有它，而标注中有（${place(file, line)}）。`,
  ],
  [/^(.+) has no label for it\.$/, (file) => `${file} 中没有它的标注。`],
  [/^.+ has no video\.$/, () => '它没有视频。'],
];

/** Null where it is no such sentence. */
export const fileReason = (english: string): string | null => readPattern(patterns, english);
