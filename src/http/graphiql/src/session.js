// What the header bar shows: the access token, and what the server's answers said about it.
// The token lives in sessionStorage alone, so closing the browser tab forgets it.

const KEY = 'tradepost:accessToken';
const listeners = new Set();

let state = { token: readToken(), isRefused: false, offeredToken: null, schemaError: null };

export function getSession() {
  return state;
}

export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setToken(text) {
  const token = cleanToken(text);
  writeToken(token);
  update({ token, isRefused: false, offeredToken: null });
}

/** Notes how the server received a request that carried the token. */
export function tokenWasUsed(token, status) {
  // An answer to an earlier token says nothing about the present one.
  if (token && token === state.token) {
    update({ isRefused: status === 401 });
  }
}

/** Offers the token of a sign-in's answer; any other answer withdraws the offer. */
export function offerTokenFrom(result) {
  const signIn = result?.data?.staffSignIn;
  const token = signIn?.session?.accessToken ?? signIn?.accessToken;
  const isNew = typeof token === 'string' && token !== '' && token !== state.token;
  update({ offeredToken: isNew ? token : null });
}

/** Keeps the reason why introspection failed, or forgets it after a success. */
export function schemaWasRead(result) {
  const message = result?.errors?.[0]?.message ?? 'The answer holds no schema.';
  update({ schemaError: result?.data?.__schema ? null : message });
}

function update(change) {
  const isSame = Object.entries(change).every(([key, value]) => state[key] === value);
  if (isSame) return;
  state = { ...state, ...change };
  listeners.forEach((listener) => listener());
}

/** Accepts what people paste: a whole header value, quotes, line breaks. */
function cleanToken(text) {
  const unquoted = text.trim().replace(/^(authorization:\s*)?bearer\s+/i, '').replace(/"/g, '');
  // Anything but visible ASCII cannot be sent in a header.
  return unquoted.replace(/[^\x21-\x7e]/g, '');
}

// Storage may be blocked altogether; the token then lasts until the page is reloaded.
function readToken() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function writeToken(token) {
  try {
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
  } catch {
    // See readToken.
  }
}
