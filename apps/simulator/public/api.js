/** The page's calls to the shop's backend; each answers with what the Sessions API said. */

/** A problem between the page, the shop and the API, in words. */
export class ShopError extends Error {
  constructor(message, codes = []) {
    super(message);
    this.codes = codes;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ShopError('The shop does not answer. Is the simulator still running?');
  }
  const answer = await response.json();
  if (!response.ok) throw new ShopError(answer.message ?? `The shop answered ${response.status}`, answer.error_codes);
  return answer;
}

export const getConfig = () => call('GET', '/shop/config');
export const getCallback = (id) => call('GET', `/shop/sessions/${id}/callback`);

/** The calls of one merchant, by its channel; the first one's where none is given. */
export function callsOf(merchant) {
  const as = merchant ? `?merchant=${encodeURIComponent(merchant)}` : '';
  return {
    create: (order) => call('POST', `/shop/sessions${as}`, order),
    get: (id) => call('GET', `/shop/sessions/${id}${as}`),
    collect: (id, data) => call('PUT', `/shop/sessions/${id}/collect-data${as}`, data),
    complete: (id) => call('POST', `/shop/sessions/${id}/complete${as}`),
  };
}
