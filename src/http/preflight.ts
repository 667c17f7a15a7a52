/** Readers in browsers ask before they send conditional headers. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM, Content-Type',
      'Access-Control-Max-Age': '86400',
    },
  });
}
