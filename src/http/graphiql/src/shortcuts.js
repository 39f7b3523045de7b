// GraphiQL shows Ctrl-K for searching the documentation, but listens to the Mac's key alone.

const SEARCH = '.graphiql-doc-explorer-search-input input';
const OPEN_DOCS = '.graphiql-sidebar button[aria-label*="Documentation Explorer"]';

export function listenForDocsSearch() {
  // Captured, because the editor's key map has Ctrl-K as the start of longer chords.
  window.addEventListener('keydown', searchDocs, { capture: true });
}

function searchDocs(event) {
  const isChosen = event.ctrlKey && event.key === 'k' && !event.shiftKey && !event.altKey;
  if (!isChosen || navigator.userAgent.includes('Mac')) return;

  event.preventDefault();
  event.stopPropagation();
  if (!document.querySelector(SEARCH)) document.querySelector(OPEN_DOCS)?.click();
  // The explorer is drawn after the click has been handled.
  requestAnimationFrame(() => document.querySelector(SEARCH)?.focus());
}
