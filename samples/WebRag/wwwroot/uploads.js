// Sends files, and follows what becomes of them.
import { ApiError, follow, openSession, tokenHeader } from './api.js';

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

/** Follows a file until it can be searched or is refused. */
export function followFile(id, changed, failed) {
  return follow(`/api/uploads/${id}/events`, 'upload', upload => {
    changed(upload);
    return upload.state !== 'ready' && upload.state !== 'refused';
  }, failed);
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
