const byId = id => document.getElementById(id);
const [form, status, answer, text, passages, hits] = ['form', 'status', 'answer', 'text', 'passages', 'hits'].map(byId);
let running = new AbortController();

form.addEventListener('submit', async event => {
  event.preventDefault();
  running.abort();   // a question ends the one before
  const { signal } = running = new AbortController();
  const question = byId('question').value;
  answer.hidden = passages.hidden = true;
  status.textContent = 'Searching…';
  try {
    await (event.submitter?.value === 'ask' ? ask(question, signal) : search(question, signal));
  } catch (error) {
    if (!signal.aborted) {
      status.textContent = error.message;
    }
  }
});

async function search(question, signal) {
  const response = await request(`search?${new URLSearchParams({ q: question })}`, { signal });
  const found = await response.json();
  show(found);
  status.textContent = found.length === 1 ? '1 passage found.' : `${found.length} passages found.`;
}

async function ask(question, signal) {
  const response = await request('ask', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question), signal,
  });
  text.textContent = '';
  answer.hidden = false;
  let isWhole = false;
  for await (const { type, data } of events(response.body)) {
    if (type === 'failure') {
      throw new Error(data.text);
    } else if (type === 'text') {
      text.textContent += data.text;
    } else {
      show(data.sources);
      isWhole = true;
    }
  }
  status.textContent = isWhole ? 'Answered.' : 'The answer broke off.';
}

async function request(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(Object.values(problem.errors ?? {}).flat()[0] ?? problem.detail ?? `The server answered ${response.status}.`);
  }
  return response;
}

// Server-sent events by fetch, since EventSource cannot post.
async function* events(body) {
  let rest = '';
  for await (const piece of chunks(body.pipeThrough(new TextDecoderStream()))) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map(line => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 1).trim()]));
      yield { type: fields.event, data: JSON.parse(fields.data) };
    }
  }
}

// Not every browser iterates a stream by itself.
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield next.value;
  }
}

function show(found) {
  hits.replaceChildren(...found.map(hit => {
    const item = document.createElement('li');
    item.value = hit.number;
    item.append(element('strong', [hit.source, hit.heading].filter(Boolean).join(' › ')), element('blockquote', hit.text.trim()));
    return item;
  }));
  passages.hidden = found.length === 0;
}

// Texts of documents never become markup.
function element(name, content) {
  const made = document.createElement(name);
  made.textContent = content;
  return made;
}
