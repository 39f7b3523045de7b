// GraphiQL remembers tabs and history in localStorage. Passwords and tokens must not end up there,
// so they are emptied on the way in; what stands in the editors is left alone.

const SECRET = /password|token|secret/i;
const SECRET_ARGUMENT = /(\b\w*(?:password|token|secret)\w*\s*:\s*)"(?:[^"\\]|\\.)*"/gi;
const PREFIX = 'graphiql:';

/** A Storage for GraphiQL, or null (nothing is remembered) where the browser forbids it. */
export function safeStorage() {
  let store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    return null;
  }
  const ownKeys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  return {
    getItem: (key) => store.getItem(key),
    setItem: (key, value) => store.setItem(key, withoutSecrets(value)),
    removeItem: (key) => store.removeItem(key),
    clear: () => ownKeys().forEach((key) => store.removeItem(key)),
    get length() {
      return ownKeys().length;
    },
  };
}

export function withoutSecrets(text) {
  if (!SECRET.test(text)) return text;
  const parsed = parseContainer(text);
  if (parsed !== undefined) return restore(text, emptied(parsed));
  // Variables that are being typed are not JSON yet; they are remembered once they are.
  return /^\s*[{[]\s*"/.test(text) ? '' : text.replace(SECRET_ARGUMENT, '$1""');
}

function emptied(value) {
  if (typeof value === 'string') return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(emptied);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) =>
    SECRET.test(key) && typeof inner === 'string' ? [key, ''] : [key, emptied(inner)],
  );
  return Object.fromEntries(entries);
}

function parseContainer(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the layout people see: indented variables stay indented. */
function restore(text, value) {
  return JSON.stringify(value, null, text.includes('\n') ? 2 : undefined);
}
