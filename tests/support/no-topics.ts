/**
 * The hub's topics for tests of messages that hold no deliveries: there are none.
 */
import type { ToTopic } from '../../src/platform/consume-jobs.ts';

/** Knows no topic. */
export const noTopics: ToTopic = () => async () => ({ kind: 'unknown' });
