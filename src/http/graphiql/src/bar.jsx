// The slim bar above GraphiQL: whose API this is, and the access token its requests carry.

import { useSchemaStore } from '@graphiql/react';
import { useSyncExternalStore } from 'react';

import { getSession, setToken, subscribe } from './session.js';

/** Bears GraphiQL's own container class to inherit the colours and sizes of its theme. */
export function Bar() {
  const session = useSyncExternalStore(subscribe, getSession);
  return (
    <header className="graphiql-container tradepost-bar">
      <h1 className="tradepost-name">Tradepost</h1>
      <TokenForm token={session.token} isRefused={session.isRefused} />
      <div className="tradepost-notes" role="status">
        <Notes session={session} />
      </div>
    </header>
  );
}

function TokenForm({ token, isRefused }) {
  return (
    <form className="tradepost-token" onSubmit={(event) => event.preventDefault()}>
      <label htmlFor="tradepost-token">Access token</label>
      <input
        id="tradepost-token"
        type="password"
        placeholder="Paste one, or run the SignIn tab"
        title="Sent as “Authorization: Bearer …” with every request; forgotten when this browser tab is closed."
        autoComplete="off"
        spellCheck="false"
        aria-invalid={isRefused}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      {token && (
        <button type="button" className="graphiql-button" onClick={() => setToken('')}>
          Clear
        </button>
      )}
      <TokenState token={token} isRefused={isRefused} />
    </form>
  );
}

function TokenState({ token, isRefused }) {
  if (isRefused) {
    const title = 'It is no longer sent: requests are anonymous until another token is set.';
    return <span className="tradepost-state is-refused" title={title}>refused</span>;
  }
  if (token) return <span className="tradepost-state is-set">token set</span>;
  return <span className="tradepost-state">anonymous</span>;
}

function Notes({ session }) {
  const { introspect } = useSchemaStore();
  const { offeredToken, isRefused, schemaError } = session;
  return (
    <>
      {isRefused && !offeredToken && (
        <p className="tradepost-note is-refused">This token was refused; sign in again.</p>
      )}
      {offeredToken && (
        <p className="tradepost-note">
          This answer holds an access token.
          <button type="button" className="graphiql-button" onClick={() => setToken(offeredToken)}>
            Use the token from this answer
          </button>
        </p>
      )}
      {schemaError && (
        <p className="tradepost-note is-refused">
          <span>The schema could not be loaded: {schemaError}</span>
          <button type="button" className="graphiql-button" onClick={() => introspect()}>
            Load it again
          </button>
        </p>
      )}
    </>
  );
}
