// Subscriptions over server-sent events: each `next` event is a result, `complete` ends the stream.

/**
 * Answers an async iterable of results. `open` starts the request; `readJson` reads an answer
 * that is no event stream, such as a refusal, which is then the only result.
 */
export function streamEvents(open, readJson) {
  const controller = new AbortController();
  const results = readResults(open, readJson, controller.signal);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await results.next();
      } catch (error) {
        if (controller.signal.aborted) return { done: true, value: undefined };
        throw error;
      }
    },
    // A generator's own return() would wait for the event that is being awaited.
    async return() {
      controller.abort();
      return { done: true, value: undefined };
    },
  };
}

async function* readResults(open, readJson, signal) {
  const { response, failure } = await open(signal);
  if (failure) {
    if (!signal.aborted) yield failure;
    return;
  }
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield await readJson(response);
    return;
  }
  for await (const event of readBlocks(response.body)) {
    if (event.name === 'complete') return;
    if (event.name === 'next') yield JSON.parse(event.data);
  }
}

/** Splits the body at empty lines into events. */
async function* readBlocks(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (pending + value).replace(/\r\n/g, '\n').split('\n\n');
    pending = blocks.pop();
    yield* blocks.map(parseBlock);
  }
}

function parseBlock(block) {
  const event = { name: 'message', data: '' };
  const data = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (field === 'event') event.name = value;
    if (field === 'data') data.push(value);
  }
  event.data = data.join('\n');
  return event;
}
