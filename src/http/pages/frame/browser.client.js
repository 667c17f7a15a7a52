/**
 * Wraps what all parts of the script use of the browser.
 */
export const root = document.documentElement;
export const all = (selector, inside = document) => inside.querySelectorAll(selector);
export const one = (selector, inside = document) => inside.querySelector(selector);

/** Values that the browser keeps for us; some browsers keep nothing. */
export function recall(store, name, value) {
  try {
    if (value === undefined) return window[store].getItem(name);
    if (value === '') window[store].removeItem(name);
    else window[store].setItem(name, value);
  } catch {}
  return null;
}

/** Fetches another page of ours; the browser parses it, so no text becomes markup here. */
export function load(address, use) {
  const request = new XMLHttpRequest();
  request.open('GET', address);
  request.responseType = 'document';
  request.onload = () => {
    if (request.status < 500 && request.response) use(request.response, request.responseURL);
  };
  request.send();
  return request;
}
