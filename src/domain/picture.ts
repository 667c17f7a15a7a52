/**
 * Chooses the picture of an entry: the best of those that are offered, not the first.
 *
 * Sizes come from attributes, else from the address (`-72x72`, `?width=140`, `/s72-c/`). Wider is better, up to 1,600 pixels.
 * Small pictures, portraits and trackers are never chosen.
 */
import type { HttpUrl } from './http-url.ts';
import { isKnownTracker } from './trackers.ts';

/** A picture that is offered. Sizes in pixels, where they are known. */
export interface PictureCandidate {
  readonly url: HttpUrl;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Pictures up to this width are better the wider they are: wider ones cost the reader more and show no more. Pixels. */
export const widestUseful = 1_600;

/** Narrower pictures are icons, portraits and buttons. Pixels. */
const narrowest = 100;

/** The width that is assumed where none is known: better than a thumbnail, worse than a large picture. Pixels. */
const unknownWidth = 500;

/** Hosts with a path whose pictures are portraits of people. */
const portraits = /^https?:\/\/(?:avatars\d?\.githubusercontent\.com\/|[\w.-]*gravatar\.com\/avatar\/)/;

/** Whether the address is that of a portrait of a person. */
export function isPortrait(url: string): boolean {
  return portraits.test(url);
}

/** The first number of these is a width in an address. */
const widthInName =
  /[-_](\d{2,4})x\d{2,4}(?=\.[a-z]{3,4}(?:$|[?#]))|[?&;](?:w|width|imwidth)=(\d{2,4})(?=$|[&#])|\/(?:s|w)(\d{2,4})(?:-[a-z0-9-]{1,20})?\//i;

/** The width that the address itself names. */
function widthOfAddress(url: string): number | undefined {
  const found = widthInName.exec(url);
  const digits = found?.[1] ?? found?.[2] ?? found?.[3];
  return digits === undefined ? undefined : Number(digits);
}

/** Width as far as it is known. */
export function widthOf({ url, width }: PictureCandidate): number | undefined {
  return width ?? widthOfAddress(url);
}

/** Whether a picture may stand for an entry at all. */
export function canStandForEntry(candidate: PictureCandidate): boolean {
  const width = widthOf(candidate);
  if (width !== undefined && width < narrowest) return false;
  if (candidate.height !== undefined && candidate.height < narrowest / 2) return false;
  return !isPortrait(candidate.url) && !isKnownTracker(candidate.url);
}

/** The best of the candidates; of equals the first. */
export function bestPicture(candidates: readonly PictureCandidate[]): PictureCandidate | undefined {
  let best: PictureCandidate | undefined;
  for (const candidate of candidates) {
    if (!canStandForEntry(candidate)) continue;
    if (best === undefined || usefulness(candidate) > usefulness(best)) best = candidate;
  }
  return best;
}

function usefulness(candidate: PictureCandidate): number {
  const width = widthOf(candidate) ?? unknownWidth;
  // Above the useful width the smaller one is better, and still better than a thumbnail.
  return width <= widestUseful ? width : unknownWidth + widestUseful / width;
}
