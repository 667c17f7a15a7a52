/**
 * Text of others is harmless where it is printed.
 */
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createEventPrinter } from '../../scripts/start/event-lines.ts';
import { toPrintable, toPrintableJson, toPrintableLines } from '../../src/domain/printable.ts';
import { logEvent } from '../../src/platform/log.ts';

const controls = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const hostile = 'a\u001b[2Jb\u009b31mc\r\nd\u2028e\u202ef\u0007';

describe('printed text', () => {
  it('is one line without a control character, and text without any stays as it is', () => {
    expect(toPrintable(hostile)).toBe('a\\u001b[2Jb\\u009b31mc\\u000d\\u000ad\\u2028e\\u202ef\\u0007');
    expect(toPrintable('Überschrift 水 "quoted" \\n')).toBe('Überschrift 水 "quoted" \\n');
    expect(toPrintableLines('a\nb\u001b')).toBe('a\nb\\u001b');
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = toPrintableJson({ text });
        expect(line).not.toMatch(controls);
        expect(JSON.parse(line)).toEqual({ text });
      }),
      { numRuns: 50 },
    );
  }, 30_000);

  it('is what a log line and a line of npm start are made of', () => {
    const printed: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    logEvent({ event: 'refresh', title: hostile, url: `https://example.org/${hostile}` });
    log.mockRestore();
    const line = { event: 'refresh', title: hostile, outcome: 'failed', said: `Error: ${hostile}`, nextCheckAt: 0 };
    createEventPrinter((text) => printed.push(text))(line);
    createEventPrinter((text) => printed.push(text))({ event: 'publish-failed', error: hostile });
    expect(printed).toHaveLength(3);
    for (const text of printed) expect(text).not.toMatch(controls);
  });
});
