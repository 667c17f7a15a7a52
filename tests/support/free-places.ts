/**
 * Places at hosts that are always free, for tests of requests whose hosts do not matter.
 */
import type { HostPlaces } from '../../src/platform/retrieve/host-place.ts';

/** Every host lets everybody in at once. */
export const freePlaces: HostPlaces = {
  enterHost: async () => 0,
  leaveHost: async () => undefined,
  pause: async () => undefined,
};
