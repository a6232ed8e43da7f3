import { execFile } from 'node:child_process';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { contentsOf, writtenCommit } from './answers.ts';
import { type Answer, type ApiRequest, failed, ok } from './http.ts';
import { GIT_ENV } from './objects.ts';
import { type Commit, git, type Person, type RepoState, readCommit, writeCommit } from './state.ts';
import { editTree, entryAt, FOLDER, typeOf } from './tree.ts';

const run = promisify(execFile);

/** The answer lists at most so many of the files it wrote. */
const FILES_SHOWN = 30;
const PATH_MAX = 500;
const BRANCH_MAX = 100;
const BOT: Pick<Person, 'name' | 'email'> = { name: 'toolforge-bot', email: 'toolforge-bot@rig.invalid' };

const PERSON = z
  .object({ name: z.string().default(BOT.name), email: z.string().default(BOT.email) })
  .optional();
const BODY = z.object({
  branch: z.string().max(BRANCH_MAX).optional(),
  message: z.string().optional(),
  author: PERSON,
  committer: PERSON,
  dates: z.object({ author: z.string().optional(), committer: z.string().optional() }).optional(),
  files: z.array(
    z.object({
      operation: z.string(),
      path: z.string().min(1).max(PATH_MAX),
      content: z.string().optional(),
      sha: z.string().optional(),
    }),
  ),
});
type Body = z.infer<typeof BODY>;
type FileChange = Body['files'][number];

/** A refusal on the way to the commit. */
class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('refused');
    this.answer = answer;
  }
}

/** POST /repos/{owner}/{repo}/contents, with the answers that Gitea 1.26 gives. */
export async function changeFiles(state: RepoState, request: ApiRequest): Promise<Answer> {
  try {
    const body = parseBody(request);
    const branch = body.branch ?? state.defaultBranch;
    const head = await headOf(state, request, branch);
    const files = body.files.map((file) => cleanPath(request, file));
    checkProtection(state, request, branch, files);
    const tree = await planTree(state, request, head?.tree, files);
    const commit = await makeCommit(state, body, head, tree);
    await moveRef(state, request, branch, head?.sha, commit.sha);
    return await answer(state, request, files, commit);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function parseBody(request: ApiRequest): Body {
  let json: unknown;
  try {
    json = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new Refusal(failed(request, 422, '[]: unexpected EOF'));
  }
  const parsed = BODY.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Refusal(failed(request, 422, `[${parsed.error.issues[0]?.path.join('.')}]: Required`));
}

/** `undefined` in an empty repo, whose first branch a write makes. */
async function headOf(state: RepoState, request: ApiRequest, branch: string): Promise<Commit | undefined> {
  const head = await readCommit(state.objects, `refs/heads/${branch}`);
  if (head !== undefined) return head;
  const empty = (await git(state.dir, 'for-each-ref', '--count=1')) === '';
  if (empty && branch === state.defaultBranch) return undefined;
  throw new Refusal(failed(request, 404, `branch does not exist [repo_id: 1 name: ${branch}]`));
}

/** Gitea tidies a path (`a/./b`, `a//b`, `a/../b`), fails on one that leads out or begins with `-`, and refuses `.git`. */
function cleanPath(request: ApiRequest, file: FileChange): FileChange {
  const path = posix.normalize(file.path).replace(/\/$/, '');
  if (/^[-/]/.test(path) || path === '..' || path.startsWith('../'))
    throw new Refusal(failed(request, 500, ''));
  if (path.split('/').some((segment) => segment.toLowerCase() === '.git')) {
    throw new Refusal(failed(request, 422, `path contains a malformed path component [path: ${file.path}]`));
  }
  if (!['create', 'update', 'delete'].includes(file.operation)) throw new Refusal(failed(request, 500, ''));
  return { ...file, path };
}

function checkProtection(
  state: RepoState,
  request: ApiRequest,
  branch: string,
  files: readonly FileChange[],
): void {
  if (state.protectedBranches.has(branch)) {
    throw new Refusal(failed(request, 403, `user cannot commit to repo [user: ${BOT.name}]`));
  }
  const path = files.map((file) => file.path).find((name) => state.protectedFiles.has(name));
  if (path === undefined) return;
  throw new Refusal(failed(request, 403, `path is protected and can not be changed [path: ${path}]`));
}

/** The tree of the change; updates and deletes are held against the head, creates against what came before too. */
async function planTree(
  state: RepoState,
  request: ApiRequest,
  tree: string | undefined,
  files: readonly FileChange[],
): Promise<string> {
  const edits = new Map<string, string | undefined>();
  for (const file of files) {
    if (file.operation !== 'create') await checkExisting(state, request, tree, file);
    if (file.operation === 'delete') {
      edits.set(file.path, undefined);
      continue;
    }
    await checkRoom(state, request, tree, file);
    if (file.operation === 'create' && edits.get(file.path) !== undefined) throw exists(request, file.path);
    edits.set(file.path, await state.objects.write('blob', decode(request, file.content ?? '')));
  }
  return editTree(state.objects, tree, edits);
}

async function checkExisting(
  state: RepoState,
  request: ApiRequest,
  tree: string | undefined,
  { path, sha }: FileChange,
): Promise<void> {
  const entry = tree === undefined ? undefined : await entryAt(state.objects, tree, path);
  if (entry === undefined || typeOf(entry) !== 'blob') {
    throw new Refusal(failed(request, 404, `object does not exist [id: , rel_path: ${path}]`));
  }
  if (sha === undefined || sha === '' || sha === entry.sha) return;
  throw new Refusal(failed(request, 422, `sha does not match [given: ${sha}, expected: ${entry.sha}]`));
}

/** No file on the way to the path, no folder or link at it, and for a create nothing at it. */
async function checkRoom(
  state: RepoState,
  request: ApiRequest,
  tree: string | undefined,
  { path, operation }: FileChange,
): Promise<void> {
  const segments = path.split('/');
  for (let length = 1; tree !== undefined && length <= segments.length; length += 1) {
    const part = segments.slice(0, length).join('/');
    const entry = await entryAt(state.objects, tree, part);
    if (entry === undefined) return;
    const last = length === segments.length;
    if (!last && entry.mode === FOLDER) continue;
    if (!last)
      throw new Refusal(
        failed(request, 422, `a file exists where you’re trying to create a subdirectory [path: ${part}]`),
      );
    if (entry.mode === FOLDER)
      throw new Refusal(
        failed(request, 422, `a directory exists where you’re trying to create a file [path: ${part}]`),
      );
    if (operation === 'create') throw exists(request, path);
    if (!entry.mode.startsWith('100'))
      throw new Refusal(
        failed(
          request,
          422,
          `a symbolic link exists where you’re trying to create a subdirectory [path: ${part}]`,
        ),
      );
  }
}

function exists(request: ApiRequest, path: string): Refusal {
  return new Refusal(failed(request, 422, `repository file already exists [path: ${path}]`));
}

function decode(request: ApiRequest, content: string): Buffer {
  if (!/^[A-Za-z0-9+/\n]*={0,2}$/.test(content)) {
    throw new Refusal(failed(request, 422, 'illegal base64 data at input byte 0'));
  }
  return Buffer.from(content, 'base64');
}

async function makeCommit(
  state: RepoState,
  body: Body,
  head: Commit | undefined,
  tree: string,
): Promise<Commit> {
  const now = new Date().toISOString();
  const author = body.author ?? body.committer ?? BOT;
  const committer = body.committer ?? body.author ?? BOT;
  const commit = {
    tree,
    parents: head === undefined ? [] : [head.sha],
    author: { ...author, date: body.dates?.author ?? now },
    committer: { ...committer, date: body.dates?.committer ?? now },
    message: `${(body.message ?? 'Update').trim()}\n`,
  };
  const sha = await writeCommit(state.objects, commit);
  return (await readCommit(state.objects, sha)) as Commit;
}

/** Of pushes at once one wins: the others get 403 or a blank 500, as from a real server. */
async function moveRef(
  state: RepoState,
  request: ApiRequest,
  branch: string,
  from: string | undefined,
  to: string,
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  if (state.moving.has(ref)) throw lostRace(state, request, ref);
  state.moving.add(ref);
  try {
    await run('git', ['-C', state.dir, 'update-ref', ref, to, from ?? '0'.repeat(40)], { env: GIT_ENV });
  } catch {
    throw lostRace(state, request, ref);
  } finally {
    state.moving.delete(ref);
  }
}

function lostRace(state: RepoState, request: ApiRequest, ref: string): Refusal {
  state.lostRaces += 1;
  const answer =
    state.lostRaces % 2 === 1
      ? failed(request, 403, `cannot lock ref '${ref}': is at X but expected Y`)
      : failed(request, 500, '');
  return new Refusal(answer);
}

async function answer(
  state: RepoState,
  request: ApiRequest,
  files: readonly FileChange[],
  commit: Commit,
): Promise<Answer> {
  const shown = files.slice(0, FILES_SHOWN).map(async ({ path }) => {
    const entry = await entryAt(state.objects, commit.tree, path);
    return entry === undefined ? null : contentsOf(state, request, { ...entry, path }, true);
  });
  const body = { files: await Promise.all(shown), commit: writtenCommit(state, request, commit) };
  return ok({ ...body, verification: { verified: false, reason: 'gpg.error.not_signed_commit' } }, {}, 201);
}
