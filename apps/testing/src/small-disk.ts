import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A program whose folder is a small file system of its own. */
export interface OnSmallDisk {
  readonly process: ChildProcess;
  /** Resolves to what the pattern finds first in a line that the program prints. */
  printed(pattern: RegExp): Promise<string>;
  /** Leaves no room. */
  fill(): Promise<void>;
  /** Gives the room back. */
  free(): Promise<void>;
  /** Sends SIGTERM to the program, waits for its end, and copies its files to a folder. */
  end(copy: string): Promise<void>;
  /** Sends SIGKILL to the program and waits for its end, which ends the file system too. */
  kill(): Promise<void>;
}

/** What `runOnSmallDisk` needs beside the program. */
export interface SmallDiskOptions {
  readonly folder: string;
  readonly megabytes: number;
  /** Who runs it; the caller where left out. */
  readonly user?: { readonly uid?: number; readonly gid?: number } | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

const unshare = ['--map-root-user', '--mount', '--pid', '--fork', '--kill-child'];

const script = `
  folder=$1; size=$2; shift 2
  mount -t tmpfs -o size="$size"m none "$folder" || exit 9
  "$@" &
  while read order copy; do
    case $order in
      fill) dd if=/dev/zero of="$folder/filler" bs=64k 2>/dev/null ;;
      free) rm "$folder/filler" ;;
      end) kill -TERM $!; wait $!; cp -r "$folder/." "$copy" ;;
    esac
    echo "done $order"
  done`;

/** Returns true if tests may have file systems of their own here; else says so where the run lists what it left out. */
export function canMount(what: string): boolean {
  if (spawnSync('unshare', [...unshare, 'true']).status === 0) return true;
  const record = process.env.CANDOR_NOT_RUN;
  if (record !== undefined) appendFileSync(record, `${what}: needs unshare(1)\n`);
  return false;
}

/** Starts a program over a small file system, which ends with it; see `canMount`. */
export function runOnSmallDisk(command: readonly string[], options: SmallDiskOptions): OnSmallDisk {
  const { folder, megabytes, user, env } = options;
  const args = [...unshare, 'sh', '-c', script, 'sh', folder, String(megabytes), ...command];
  const child = spawn('unshare', args, { ...user, cwd: folder, env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const printed: OnSmallDisk['printed'] = async (pattern) => {
    for (;;) {
      const [line] = (await once(lines, 'line')) as [string];
      const found = pattern.exec(line)?.[1];
      if (found !== undefined) return found;
    }
  };
  const order = async (name: string, argument = ''): Promise<void> => {
    const done = printed(new RegExp(`^done (${name})`));
    child.stdin.write(`${name} ${argument}\n`);
    await done;
  };
  return {
    process: child,
    printed,
    fill: () => order('fill'),
    free: () => order('free'),
    end: (copy) => order('end', copy),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
