// Talks to the server: sessions, requests that carry the token, and streams of events.

/** What went wrong, in a sentence for whoever reads the page. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

let session;
let opening = null;

/** The session, which is made where there is none; one for all who ask at once: of several only the last would count. */
export function openSession() {
  opening ??= askForSession().finally(() => {
    opening = null;
  });
  return opening;
}

async function askForSession() {
  const response = await fetch('/api/session');
  if (!response.ok) {
    throw await errorOf(response);
  }

  session = await response.json();
  return session;
}

/** The header of the token, for requests that are not made by fetch. */
export const tokenHeader = () => ['X-CSRF-TOKEN', session.token];

export const getJson = (path, signal) => request(path, { signal }).then(response => response.json());

export const postJson = (path, body, signal) => post(path, body, signal).then(response => response.json());

export const remove = path => request(path, { method: 'DELETE' });

/** The events that answer a request, each with its name and its data. */
export async function* postEvents(path, body, signal) {
  const response = await post(path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read().catch(error => {
      throw error.name === 'AbortError' ? error : new ApiError('The connection broke off.', 0);
    });
    if (done) {
      return;
    }

    const events = (rest + value).split('\n\n');
    rest = events.pop();
    yield* events.map(read).filter(event => event !== null);
  }
}

/** Follows a stream of events until it has ended; `listen` is called for each, and says whether more are wanted. */
export function follow(path, name, listen, failed) {
  const source = new EventSource(path);
  source.addEventListener(name, event => {
    if (!listen(JSON.parse(event.data))) {
      source.close();
    }
  });
  source.addEventListener('error', () => {
    // A stream that ended, or broke off, is opened again by itself; one that was refused is not.
    if (source.readyState === EventSource.CLOSED) {
      failed?.();
    }
  });
  return () => source.close();
}

const post = (path, body, signal) =>
  request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });

async function request(path, options) {
  const used = session;
  let response = await send(path, options);
  if (response.status === 401 || (response.status === 400 && response.headers.get('Content-Type')?.includes('problem') && await isOldPage(response))) {
    // The server was started anew, or the session was idle for too long; another request may have noticed before.
    if (session === used) {
      await openSession();
    }

    response = await send(path, options);
  }

  if (!response.ok) {
    throw await errorOf(response);
  }

  return response;
}

async function send(path, options) {
  try {
    return await fetch(path, { ...options, headers: { ...options.headers, 'X-CSRF-TOKEN': session.token } });
  } catch (error) {
    throw error.name === 'AbortError' ? error : new ApiError('The server cannot be reached.', 0);
  }
}

const isOldPage = async response => (await response.clone().json()).title === 'The page is too old.';

async function errorOf(response) {
  const problem = await response.json().catch(() => ({}));
  const reason = problem.detail ?? (response.status === 404 ? 'That is not there, or not any more.' : `The server answered ${response.status}.`);
  return new ApiError(reason, response.status);
}

function read(text) {
  const fields = text.split('\n').map(line => /^(\w+): ?(.*)$/s.exec(line)).filter(match => match !== null);
  const data = fields.filter(([, field]) => field === 'data').map(([, , value]) => value).join('\n');
  return data === '' ? null : { name: fields.find(([, field]) => field === 'event')?.[2] ?? 'message', data: JSON.parse(data) };
}
