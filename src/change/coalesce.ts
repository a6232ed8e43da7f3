import type { Change, CommitMessage, FileChange, Trailer } from '../model/change.ts';
import { trailerValues } from '../model/commit-message.ts';
import { counted, shortened } from './commit-message.ts';
import { recordedChanges } from './component-change.ts';

/** Lines of the body. */
const LISTED_MAX = 200;

/**
 * One change out of several, each planned on the state that those before it leave: of a file that several write, the last
 * text counts. The message keeps every trailer but those that tell Argo CD of a source commit, of which it takes only one.
 */
export function coalesce(changes: readonly [Change, ...Change[]]): Change {
  const [first, ...more] = changes;
  if (more.length === 0) return first;
  const files = new Map<string, FileChange>();
  for (const file of changes.flatMap((change) => change.files)) files.set(file.path, file);
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    message: coalesceMessages(changes.map(({ message }) => message)),
  };
}

function coalesceMessages(messages: readonly CommitMessage[]): CommitMessage {
  const trailers = messages.flatMap((message) => message.trailers).filter((trailer) => !isReference(trailer));
  const lines = messages.slice(0, LISTED_MAX).map(({ subject }) => `- ${subject}`);
  const more = messages.length > LISTED_MAX ? [`- and ${messages.length - LISTED_MAX} more`] : [];
  return { subject: subjectOf(messages, trailers), body: [...lines, ...more].join('\n'), trailers };
}

function subjectOf(messages: readonly CommitMessage[], trailers: readonly Trailer[]): string {
  const tools = new Set(trailerValues(trailers, 'Tool'));
  const [only] = tools;
  if (tools.size === 1) return shortened(`${only}: ${messages.length} changes`);
  const isDeploy = messages.every((message) =>
    recordedChanges(message.trailers).some(({ action }) => action === 'deployed'),
  );
  return shortened(`${isDeploy ? 'deploy' : 'change'} ${counted(tools.size)}`);
}

function isReference({ key }: Trailer): boolean {
  return key.toLowerCase().startsWith('argocd-reference-commit-');
}
