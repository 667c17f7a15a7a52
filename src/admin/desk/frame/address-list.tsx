/**
 * Shows addresses to copy, each with its name.
 */
import type { Markup } from '../../../page/markup.ts';

/** The list. The copy buttons are shown by the script. */
export function AddressList({
  addresses,
}: {
  readonly addresses: readonly (readonly [label: string, address: string])[];
}): Markup {
  return (
    <>
      {addresses.map(([label, address], position) => (
        <div class="address">
          <label for={`address-${position}`}>
            {label}
            <input id={`address-${position}`} readonly value={address} />
          </label>
          <button
            type="button"
            class="quiet"
            data-copy={`address-${position}`}
            aria-label={`Copy the ${label} address`}
            hidden
          >
            Copy
          </button>
        </div>
      ))}
    </>
  );
}
