/**
 * Every fault there is, by group: the table behind the retriever's tests and the fault suite of the whole product.
 */
import type { UpstreamFault } from './upstream-fault.ts';
import { contentFaults } from './upstream-faults-content.ts';
import { redirectFaults } from './upstream-faults-redirect.ts';
import { statusFaults } from './upstream-faults-status.ts';
import { transportFaults } from './upstream-faults-transport.ts';
import { validatorFaults } from './upstream-faults-validators.ts';

/** All of them; names are unique. Serve with `serveFaults`. Faults refer to each other by path, so serve all or none. */
export const upstreamFaults: readonly UpstreamFault[] = [
  ...transportFaults,
  ...redirectFaults,
  ...statusFaults,
  ...validatorFaults,
  ...contentFaults,
];
