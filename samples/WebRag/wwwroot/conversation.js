// What this tab keeps of its conversation, over a reload: which one it is, and the question that has no answer yet.
import { getJson } from './api.js';

const idKey = 'webrag-conversation';
const pendingKey = 'webrag-pending';
const pause = 250;
const patience = 40;

const kept = key => ({
  get: () => sessionStorage.getItem(key),
  set: value => value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key),
});

/** The conversation's id; null where there is none. */
export const conversationId = kept(idKey);

/** The question that is being answered, or was when the page went; null where none is. */
export const pendingQuestion = kept(pendingKey);

/** The conversation's turns, once nothing of it is being answered: a server may notice a little later that nobody reads on. */
export async function settledTurns(id) {
  for (let tries = 1; ; tries++) {
    const turns = await getJson(`/api/conversations/${id}`);
    if (turns.at(-1)?.state !== 'answering' || tries === patience) {
      return turns;
    }

    await new Promise(resolve => setTimeout(resolve, pause));
  }
}
