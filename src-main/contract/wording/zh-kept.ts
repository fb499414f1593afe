/** Chinese of sentences that the core keeps as they are: why a step was taken, why a file was not read, what a setting takes, why a run stopped. */

const sentences: Readonly<Record<string, string>> = {
  // Why steps of a path were taken
  'The fixed sparse look that opens every episode.': '每个片段开头固定的稀疏查看。',
  'It was already going on when the look began; how did it start?': '开始查看时它已在进行；它是怎样开始的？',
  'What comes before and after it was not seen.': '之前和之后的情况没有看到。',
  'Something stood out between frames that lie far apart.': '在相隔很远的画面之间有异常之处。',
  'More happens here than elsewhere, and it was not looked at closely.': '这里的动静比别处多，还没有细看。',
  'Nothing tells where more happens: what lies between is read as well.': '看不出哪里动静更多：中间的画面也一并查看。',
  'Before deciding: does its strongest moment hold at twice the density?':
    '决定之前：用两倍的密度再看，最强的一刻是否仍成立？',
  'Nothing holds up as unusual.': '没有什么能算作不寻常。',
  'What was seen holds up.': '看到的内容成立。',
  'Everything was looked at alike; what stands out is named.': '各处同样查看；异常之处已指出。',
  'Every frame was scored by how unusual it is here.': '每一帧都按它在这里有多不寻常打了分。',
  'No half promises more than it costs; what stands out is named.': '再看哪一半都得不偿失；异常之处已指出。',
  'It goes by the triage score alone, and what was not seen is not flagged.': '只依据初筛分数，没有看到的不作标记。',
  'It never looks.': '它从不查看。',
  'The budget ran out.': '预算已用完。',
  'As before.': '同前。',
  // Why a file was not read
  'It is empty.': '文件是空的。',
  'It is not there.': '文件不在那里。',
  'It is a link that leads nowhere.': '这是一个指向空处的链接。',
  'It is still being written; the next import takes it up.': '文件仍在写入；下次编目时会收入。',
  'Its header tells a duration or a size that cannot be.': '文件头给出的时长或尺寸不可能存在。',
  'You may not read it (permission denied).': '没有读取它的权限。请更改其权限。',
  // What a setting takes
  'A number above 0.': '大于 0 的数。',
  'A number of bytes.': '字节数。',
  'A number of bytes, 0 or more.': '字节数，不小于 0。',
  'A number of seconds.': '秒数。',
  'A text.': '一段文字。',
  'From 0 to 1.': '0 到 1 之间。',
  'From 0 to 60 seconds.': '0 到 60 秒。',
  'On or off.': '开或关。',
  // Why a training run stopped before its last round
  'Its rollouts were all alike: there was nothing to prefer.': '各次尝试都一样：无从比较好坏。',
  'The likelihood of chosen trajectories fell by more than 5 %.': '较好路径的似然下降超过 5 %。',
};

/** A sentence of the core in Chinese; one that has figures or names of its own in it as it is. */
export const keptSentence = (english: string): string => sentences[english] ?? english;
