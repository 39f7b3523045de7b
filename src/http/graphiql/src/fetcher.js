// Sends GraphiQL's operations to the server they came from.
// Whatever goes wrong becomes a GraphQL-shaped answer: GraphiQL prints a thrown error with its stack.

import { getSession, offerTokenFrom, schemaWasRead, tokenWasUsed } from './session.js';
import { streamEvents } from './stream.js';

const ENDPOINT = '/graphql';
const INTROSPECTION = 'IntrospectionQuery';
const SHOWN_BODY = 2000;

export function fetcher(params, options = {}) {
  return isSubscription(params, options.documentAST)
    ? streamEvents((signal) => send(params, options.headers, 'text/event-stream', signal), readJson)
    : runOnce(params, options.headers);
}

async function runOnce(params, headers) {
  const accept = 'application/graphql-response+json, application/json';
  const answer = await send(params, headers, accept);
  const result = answer.failure ?? (await readJson(answer.response));
  if (params.operationName === INTROSPECTION) schemaWasRead(result);
  else offerTokenFrom(result);
  return result;
}

/** Answers `{ response }`, or `{ failure }` when there was no response at all. */
async function send(params, extraHeaders, accept, signal) {
  const token = usableToken();
  let headers;
  try {
    headers = requestHeaders(token, accept, extraHeaders);
  } catch (error) {
    return { failure: failed(`The Headers pane holds a header that cannot be sent: ${error.message}`) };
  }

  const sentToken = headers.get('authorization') === `Bearer ${token}` ? token : '';
  try {
    const body = JSON.stringify(params);
    const response = await fetch(ENDPOINT, { method: 'POST', headers, body, signal });
    tokenWasUsed(sentToken, response.status);
    return { response };
  } catch (error) {
    return { failure: failed(networkMessage(error)) };
  }
}

/** A refused token stays at home: it would have the sign-in that replaces it refused as well. */
function usableToken() {
  const { token, isRefused } = getSession();
  return isRefused ? '' : token;
}

/** The Headers pane has the last word, so a request can be tried with another token. */
function requestHeaders(token, accept, extraHeaders) {
  const headers = new Headers({ accept, 'content-type': 'application/json' });
  if (token) headers.set('authorization', `Bearer ${token}`);
  for (const [name, value] of Object.entries(extraHeaders ?? {})) {
    headers.set(name, String(value));
  }
  return headers;
}

async function readJson(response) {
  let text;
  try {
    text = await response.text();
  } catch {
    return failed('The connection broke before the whole answer had arrived. Run it again.');
  }
  try {
    return JSON.parse(text);
  } catch {
    const status = `${response.status} ${response.statusText}`.trim();
    const message = `The server answered ${status} with something that is not JSON.`;
    return failed(message, { body: text.slice(0, SHOWN_BODY) });
  }
}

function networkMessage(error) {
  if (!navigator.onLine) return 'This computer is offline. Connect it and run the operation again.';
  return `No answer came from ${location.origin}${ENDPOINT}. Check that the server is running. (${error.message})`;
}

function failed(message, extensions) {
  return { errors: [extensions ? { message, extensions } : { message }] };
}

function isSubscription({ operationName }, document) {
  const operations = (document?.definitions ?? []).filter((d) => d.kind === 'OperationDefinition');
  const chosen = operations.find((d) => d.name?.value === operationName) ?? operations[0];
  return chosen?.operation === 'subscription';
}
