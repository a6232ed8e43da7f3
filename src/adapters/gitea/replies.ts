import * as z from 'zod';
import type { CommitId } from '../../ports/config-repo.ts';

/** What is read of Gitea's answers; the rest of them is left aside. */

const SHA = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const COMMIT_ID = SHA.transform((sha) => sha as CommitId);
const PARENTS = z.array(z.object({ sha: COMMIT_ID }));

export const BRANCH = z.object({
  commit: z.object({ id: COMMIT_ID }),
  user_can_push: z.boolean(),
});

export const REPO = z.object({
  empty: z.boolean(),
  archived: z.boolean(),
  default_branch: z.string(),
});

/** A file, with its content unless it is too large; or a folder, as a list. */
export const CONTENTS = z.union([
  z.array(z.unknown()).transform(() => ({ type: 'dir' as const })),
  z.object({ type: z.literal('file'), sha: SHA, content: z.base64().nullable() }),
  z.object({ type: z.enum(['symlink', 'submodule']) }),
]);

export const TREE = z.object({
  tree: z
    .array(z.object({ path: z.string(), mode: z.string(), type: z.enum(['blob', 'tree', 'commit']) }))
    .nullable(),
  truncated: z.boolean(),
});

export const COMMITS = z.array(
  z.object({
    sha: COMMIT_ID,
    commit: z.object({
      message: z.string(),
      author: z.object({ name: z.string(), email: z.string(), date: z.string() }),
    }),
    parents: PARENTS,
  }),
);

export const WRITTEN = z.object({ commit: z.object({ sha: COMMIT_ID, parents: PARENTS }) });
