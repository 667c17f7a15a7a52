/**
 * Says in a sentence why the Worker cannot be built, when its start failed.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Builds once more, to hear why it fails; `undefined` when the build is not the reason. */
export function findBuildFailure(): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(import.meta.dirname, '../build.ts')], {
    cwd: resolve(import.meta.dirname, '../..'),
    encoding: 'utf8',
  });
  return status === 0 ? undefined : describeBuildFailure(`${stderr}\n${stdout}`);
}

/** The sentence for the output of a failed build: esbuild prints the place below the message. */
export function describeBuildFailure(output: string): string {
  const [, message, place] = /\[ERROR\] (.+)\n\s*\n?\s+(\S+:\d+:\d+):/.exec(output) ?? [];
  const [line = 'the build ended without a word'] = output.split('\n').flatMap((one) => one.trim() || []);
  const why = message === undefined ? line : `${place}: ${message.trim()}`;
  return `the Worker could not be built: ${why} (npm start -- --verbose prints all of it)`;
}

/** Holds back the output of this process; returns the function that releases it, printed or dropped. */
export function holdOutput(): (isWanted: boolean) => void {
  const streams = [process.stdout, process.stderr] as const;
  const held: (() => void)[] = [];
  const writes = streams.map((stream) => stream.write.bind(stream));
  streams.forEach((stream, at) => {
    stream.write = (text: string | Uint8Array): boolean => {
      held.push(() => writes[at]?.(text));
      return true;
    };
  });
  return (isWanted) => {
    streams.forEach((stream, at) => {
      stream.write = writes[at] as typeof stream.write;
    });
    if (isWanted) for (const print of held) print();
  };
}
