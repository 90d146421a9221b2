// Sends files, and follows what becomes of them.
import { ApiError, getJson, openSession, tokenHeader } from './api.js';

/** Sends a file; `sent` is told the share of it that is sent. Gives what the server says of it. */
export async function sendFile(file, sent) {
  const response = await post(file, sent);
  if (response.status !== 401 && response.problem?.title !== 'The page is too old.') {
    return response.upload ?? fail(response);
  }

  await openSession();
  const again = await post(file, sent);
  return again.upload ?? fail(again);
}

const pause = 400;
const followed = new Map();
let isLooking = false;

/** Follows a file until it can be searched, is refused, or is not there any more. */
export function followFile(id, changed, failed) {
  followed.set(id, { changed, failed, state: null });
  if (!isLooking) {
    isLooking = true;
    look();
  }
}

export const unfollow = id => followed.delete(id);

// One question for all files: a browser has few connections to a server, for all its tabs together.
async function look() {
  while (followed.size > 0) {
    // A file that is sent meanwhile may be missing in the answer.
    const asked = [...followed];
    await getJson('/api/uploads').then(uploads => tell(asked, uploads), () => {});
    await new Promise(resolve => setTimeout(resolve, pause));
  }

  isLooking = false;
}

function tell(asked, uploads) {
  const known = new Map(uploads.map(upload => [upload.id, upload]));
  for (const [id, file] of asked.filter(([id]) => followed.has(id))) {
    const upload = known.get(id);
    if (!upload || upload.state === 'ready' || upload.state === 'refused') {
      followed.delete(id);
    }

    if (!upload) {
      file.failed();
    } else if (upload.state !== file.state) {
      file.state = upload.state;
      file.changed(upload);
    }
  }
}

// Only an XMLHttpRequest tells how much is sent.
const post = (file, sent) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('POST', '/api/uploads');
  request.responseType = 'json';
  request.setRequestHeader(...tokenHeader());
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name.toWellFormed?.() ?? file.name));
  request.upload.addEventListener('progress', event => event.lengthComputable && sent(event.loaded / event.total));
  request.addEventListener('error', () => reject(new ApiError('It could not be sent: the server cannot be reached, or refused it.', 0)));
  request.addEventListener('load', () => resolve({
    status: request.status,
    upload: request.status === 202 ? request.response : null,
    problem: request.status === 202 ? null : request.response,
  }));
  request.send(file);
});

function fail(response) {
  throw new ApiError(response.problem?.detail ?? `The server answered ${response.status}.`, response.status);
}
