/** Chinese words of the settings. */
import type { en } from '../en/index.ts';
import type { Words } from '../words.ts';

export const settings: Words<typeof en.shell.settings> = {
  title: '设置',
  search: '搜索设置',
  nothing: '没有与“{query}”相符的设置。',
  reset: '恢复默认',
  saved: '已保存',
  invalid: '请输入数字。',
  group: {
    looking: '查看',
    cameras: '摄像机和时钟',
    reviewing: '审阅',
    learning: '学习',
    machine: '机器',
    storage: '存储',
    appearance: '外观',
  },
  nextStart: '核心程序下次启动时生效。',
  nextScan: '下次扫描时生效。',
  framesPerMinute: {
    label: '每分钟录像的帧数',
    text: '细看时可以用多少帧。越多越能发现短暂的事件，也越慢。',
  },
  timeZone: {
    label: '摄像机的时区',
    text: '用于没有说明时区的时钟，例如 Asia/Shanghai。留空则用这台机器的时区。',
    machine: '这台机器的时区（{zone}）',
  },
  namePatterns: {
    label: '文件名模式',
    text: '正则表达式，每行一个，用来从程序不认识的名称中读出摄像机和时间。命名分组：year、month、day、hour、minute、second、camera。',
  },
  trainingFramesPerEpisode: {
    label: '训练中每个片段的新帧数',
    text: '训练主要看扫描已看过的内容。每个片段再看这么多帧，使它能尝试别的看法。',
  },
  trainingMinutes: {
    label: '训练最长时间（分钟）',
    text: '超过此时间的训练会停止；继续时再有同样长的时间。',
  },
  leadInSeconds: {
    label: '前导（秒）',
    text: '打开和循环播放标记区间时，先显示这么长的内容。',
  },
  provider: {
    label: '模型在何处运行',
    text: '自动会选用能工作的最快的一个；诊断会显示哪些能工作。',
    auto: '自动',
    cuda: 'CUDA（NVIDIA）',
    webgpu: 'WebGPU',
    dml: 'DirectML（Windows）',
    coreml: 'Core ML（Apple）',
    cpu: '仅处理器',
  },
  workers: {
    label: '工作进程',
    text: '同时处理多少段录像。0 表示每个处理器核心一个，最多四个。',
  },
  frameCacheBytes: {
    label: '已看内容的缓存',
    text: '只要还在这里，再看同样的画面就不花时间。',
  },
  playbackCacheBytes: {
    label: '播放缓存',
    text: '浏览器不能播放的录像在观看时转换，并保存在这里。',
  },
  gigabytes: 'GiB',
  theme: { label: '主题', text: '“系统”跟随系统自身的主题。', system: '系统', dark: '深色', light: '浅色' },
  language: { label: '语言', text: '窗口的语言。', system: '系统', en: 'English', zh: '中文' },
};
