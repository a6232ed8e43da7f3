import type { CommitMessage } from './change.ts';
import { formatMessage, parseTrailers, trailerValues } from './commit-message.ts';

/** Trailer that tells one commit of ours from every other, when the answer to its write was lost. */
const CHANGE_ID = 'Change-Id';

/** The text of a commit with its change id as the last trailer. */
export function messageWithId(message: CommitMessage, changeId: string): string {
  const trailers = [...message.trailers, { key: CHANGE_ID, value: changeId }];
  return formatMessage({ ...message, trailers });
}

export function hasChangeId(message: string, changeId: string): boolean {
  return trailerValues(parseTrailers(message), CHANGE_ID).includes(changeId);
}
