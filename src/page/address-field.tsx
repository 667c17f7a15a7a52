/**
 * Shows addresses in text fields, so that they can be copied without a script; the script shows the buttons.
 */
import type { Markup } from './markup.ts';

/** The fields of several addresses. */
export function AddressList({
  addresses,
}: {
  readonly addresses: readonly (readonly [name: string, url: string])[];
}): Markup {
  return (
    <>
      {addresses.map(([name, url], position) => (
        <AddressField id={`address-${position}`} name={name} url={url} />
      ))}
    </>
  );
}

/** One field; no other element of the page has its `id`. */
export function AddressField({
  id,
  name,
  url,
}: {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}): Markup {
  return (
    <div class="address">
      <label for={id}>{name}</label>
      <input id={id} type="text" readonly value={url} />
      <button
        class="quiet"
        type="button"
        hidden
        data-copy={id}
        data-done="Copied"
        data-failed="Press Ctrl+C"
        aria-label={`Copy the ${name} address`}
      >
        Copy
      </button>
    </div>
  );
}
