import { describe, expect, it } from 'vitest';

// src/http/shared-bytes.ts rests on it (Fetch, "extract a body"): one that refers to the bytes would send another's.
describe('a response of this runtime', () => {
  it.each([100, 70_000, 1_900_000])('copies the %i bytes it is given', async (length) => {
    const room = new Uint8Array(2 * 1024 * 1024);
    const given = room.subarray(0, length).fill(1);
    const response = new Response(given);
    room.fill(2);
    const sent = new Uint8Array(await response.arrayBuffer());
    expect(sent.length).toBe(length);
    expect(sent.every((byte) => byte === 1)).toBe(true);
  });
});
