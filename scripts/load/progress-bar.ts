/**
 * A progress bar on a terminal; in a log, a line for every tenth.
 */

/** Shows how far a load is. */
export interface ProgressBar {
  readonly show: (done: number, bad: number) => void;
  readonly end: () => void;
}

/** The stream that the bar is drawn on. */
export interface BarOutput {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

const width = 30;

/** Creates a bar for `total` files of which `before` were done when it started. */
export function createProgressBar(output: BarOutput, total: number, before: number, now: () => number): ProgressBar {
  const startedAt = now();
  let lastTenth = Math.floor((before / Math.max(1, total)) * 10);
  return {
    show: (done, bad) => {
      const seconds = Math.max(0.001, (now() - startedAt) / 1000);
      const rate = (done - before) / seconds;
      const line = renderProgress(done, total, bad, rate);
      if (output.isTTY === true) {
        output.write(`\r\u001B[2K${line}`);
        return;
      }
      const tenth = Math.floor((done / Math.max(1, total)) * 10);
      if (tenth > lastTenth) output.write(`${line}\n`);
      lastTenth = Math.max(tenth, lastTenth);
    },
    end: () => {
      if (output.isTTY === true) output.write('\n');
    },
  };
}

/** One line: bar, counts, files a second, time left. */
export function renderProgress(done: number, total: number, bad: number, rate: number): string {
  const filled = Math.round((done / Math.max(1, total)) * width);
  const bar = `[${'='.repeat(filled)}${' '.repeat(width - filled)}]`;
  const left = rate > 0 ? `, ${renderDuration((total - done) / rate)} left` : '';
  const wrong = bad > 0 ? `, ${bad} bad` : '';
  return `${bar} ${done}/${total}${wrong}, ${Math.round(rate)}/s${done < total ? left : ''}`;
}

function renderDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
