/**
 * Locks the folder of the state: two runtimes on one Archive would pause each other's sources.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes the lock; returns the function that gives it back. Throws an error that says who holds it, or why the folder
 * cannot be written.
 */
export function lockState(folder: string): () => void {
  const path = join(folder, 'tributary.lock');
  try {
    mkdirSync(folder, { recursive: true });
    // A lock whose process is gone was left by a kill.
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder))
      throw new Error(
        `process ${holder} already runs on the state in ${folder}; stop it, or use --persist-to with another folder`,
      );
    if (holder !== undefined) rmSync(path, { force: true });
    const file = openSync(path, 'wx');
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
  } catch (error) {
    throw explain(error, folder);
  }
  const release = (): void => {
    if (readHolder(path) === process.pid) rmSync(path, { force: true });
  };
  process.once('exit', release);
  return release;
}

function readHolder(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : 0;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  // 0 means a lock file that names no process.
  if (pid === 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    return codeOf(error) === 'EPERM';
  }
}

function explain(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (code === 'EEXIST') return new Error(`another process has just started on the state in ${folder}`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return new Error(`the folder of the state cannot be written (${code}): ${folder}`);
  }
  return error;
}

/** The code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
