/** Chinese words of the tour of the window. */
import type { en } from '../en/index.ts';
import type { Words } from '../words.ts';

export const tour: Words<typeof en.tour> = {
  start: '开始导览',
  step: '{number} / {all}',
  next: '下一步',
  back: '上一步',
  skip: '跳过导览',
  done: '完成',
  keys: 'Enter 下一步 · ← 上一步 · Esc 跳过',
  first: '导览需要有内容可看：请先制作示例档案，之后导览会自动开始。',
  steps: {
    queue: {
      title: '值得一看的内容',
      text: '每一行是一个被标记的区间，分数最高的在前。↑ 和 ↓ 在各行之间移动；上面的筛选可缩小列表。',
    },
    player: {
      title: '观看',
      text: '区间会循环播放。空格停止，逗号和句号逐帧移动，J、K、L 分别为倒放、停止和正放。',
    },
    timeline: {
      title: '在录像中的位置',
      text: '曲线是分数随时间的变化；标示显示看过哪里。标记的边界不对时，拖动它的两端。',
    },
    explanation: {
      title: '为什么被标记',
      text: '每一句话都通向它所依据的画面。“路径”一步一步地显示程序是如何得出的。',
    },
    verdict: {
      title: '一键决定',
      text: '确认、否决，或表示不确定：下一个待定标记会自动出现。一切都可以撤销，您的决定会教会程序。',
    },
    archive: {
      title: '您自己的录像',
      text: '档案按摄像机列出录像。在那里可以打开文件夹、在摄像机的画面上画区域、查看那里平常的样子。在设置中可以监视文件夹里的新录像。',
    },
  },
};
