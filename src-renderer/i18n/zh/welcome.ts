/** Chinese words of the first view. */
import type { en } from '../en/index.ts';
import type { Words } from '../words.ts';

export const welcome: Words<typeof en.shell.welcome> = {
  title: '在数小时的录像中看到要紧的',
  text: '打开一个存放摄像机录像的文件夹。程序会像人一样查看它（先快速浏览，再在不清楚的地方回看、扩大或细看），并把值得一看的少数区间呈现给您。',
  open: '打开文件夹',
  openText: '任何视频文件，包括所有下级文件夹。它们只会被读取。',
  samples: '试试示例档案',
  samplesText: '制作几段模拟录像并查看一遍。需要几分钟。',
  review: '审阅找到的内容',
  privacy: '任何内容都不会离开这台机器。',
  privacyText: '录像留在原处。发现的内容和您的决定保存在数据文件夹中：{folder}',
  next: '接下来会怎样',
  steps: {
    index: '为录像编目：摄像机、时钟、时长。',
    look: '快速浏览找出哪里有动静，然后在那里细看。',
    review: '您确认或否决被标记的内容，证据就在旁边。',
  },
  models: '模型',
  modelsBoth: '能识别物体和姿态。',
  modelsObjects: '只能识别物体。没有姿态模型，较难判断跌倒和打斗。',
  modelsPoses: '只能识别人和人的姿态，不能识别其他物体。',
  modelsNone: '模型还不在这里。程序没有它们也能工作，只凭运动：能发现有事发生，但较难判断是什么。',
  modelsFetch: '获取模型',
  modelsFetchText: '从 npm 仓库下载几兆字节：这是程序唯一一次使用网络。',
};
